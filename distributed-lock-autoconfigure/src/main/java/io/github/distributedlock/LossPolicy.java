package io.github.distributedlock;

/**
 * What happens to running work whose lock was lost.
 */
public enum LossPolicy {

	/**
	 * The work ends with a {@link LockLostException} when it returns.
	 */
	THROW,

	/**
	 * The thread is interrupted at once, and the work then ends as with {@link #THROW}.
	 */
	INTERRUPT

}
