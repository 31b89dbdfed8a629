/**
 * What is tested: the product, deliberately broken locks, and others.
 */
@NullMarked
package io.github.distributedlock.reliability.subject;

import org.jspecify.annotations.NullMarked;
