/**
 * Guards that refuse stale fencing tokens where effects happen: a lease cannot stop a
 * process that was paused, a resource that remembers the highest token can.
 */
@NullMarked
package io.github.distributedlock.fencing;

import org.jspecify.annotations.NullMarked;
