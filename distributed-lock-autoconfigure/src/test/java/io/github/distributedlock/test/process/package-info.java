/**
 * Other processes for tests.
 */
@NullMarked
package io.github.distributedlock.test.process;

import org.jspecify.annotations.NullMarked;
