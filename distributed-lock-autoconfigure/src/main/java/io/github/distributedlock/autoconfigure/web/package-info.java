/**
 * What web applications answer when a lock cannot be had.
 */
@NullMarked
package io.github.distributedlock.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
