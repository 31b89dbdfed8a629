/**
 * The rules that keep the packages apart and the code honest, and the tests of those
 * rules.
 */
@NullMarked
package io.github.distributedlock.architecture;

import org.jspecify.annotations.NullMarked;
