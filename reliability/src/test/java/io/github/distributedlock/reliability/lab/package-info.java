/**
 * The processes of a run, and what is done to them.
 */
@NullMarked
package io.github.distributedlock.reliability.lab;

import org.jspecify.annotations.NullMarked;
