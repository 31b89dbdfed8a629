/**
 * What tests of several packages share.
 */
@NullMarked
package io.github.distributedlock.test;

import org.jspecify.annotations.NullMarked;
