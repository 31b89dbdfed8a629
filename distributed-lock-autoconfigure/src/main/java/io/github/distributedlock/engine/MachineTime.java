package io.github.distributedlock.engine;

import java.util.function.LongSupplier;

/**
 * By how much the time that also goes on while the machine sleeps is ahead of the
 * {@link Ticker}. The difference only counts where it grew: whatever it is at first, and
 * if a clock is set back, nobody loses or gains anything.
 */
@FunctionalInterface
interface MachineTime {

	/**
	 * Returns how far ahead it is.
	 * @param now the time that stands still while the machine sleeps
	 * @return nanoseconds, meaningful only in comparison with another answer
	 */
	long ahead(long now);

	/**
	 * Returns the comparison with a clock.
	 * @param elapsed time with an origin of its own, nanoseconds, that goes on while the
	 * machine sleeps and may be set
	 * @return the comparison
	 */
	static MachineTime of(LongSupplier elapsed) {
		return (now) -> elapsed.getAsLong() - now;
	}

	/**
	 * Returns a time that sleeps with the machine, as a store in this process does.
	 * @return the comparison, which never finds a difference
	 */
	static MachineTime sleeping() {
		return (now) -> 0;
	}

}
