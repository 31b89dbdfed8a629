/**
 * What a store must be able to do to keep locks. A backend answers single questions; it
 * does not wait, queue, retry, renew by itself, count re-entries or know threads. Its
 * calls never block, and its stages may be completed on any thread, the caller's
 * included.
 */
@NullMarked
package io.github.distributedlock.backend;

import org.jspecify.annotations.NullMarked;
