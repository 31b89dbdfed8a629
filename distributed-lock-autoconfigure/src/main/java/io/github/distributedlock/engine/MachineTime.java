package io.github.distributedlock.engine;

import java.util.function.LongSupplier;

/**
 * By how much the time that also goes on while the machine sleeps is ahead of the
 * {@link Ticker}. The difference only counts where it grew: whatever it is at first, and
 * if a clock is set back, nobody loses or gains anything.
 */
final class MachineTime {

	private final LongSupplier elapsed;

	/**
	 * Creates the comparison.
	 * @param elapsed time with an origin of its own, nanoseconds, that goes on while the
	 * machine sleeps and may be set
	 */
	MachineTime(LongSupplier elapsed) {
		this.elapsed = elapsed;
	}

	/**
	 * Returns a time that never sleeps and is never set.
	 */
	static MachineTime sleepless(Ticker ticker) {
		return new MachineTime(ticker::nanos);
	}

	/**
	 * Returns how far ahead it is.
	 * @param now the time that stands still while the machine sleeps
	 * @return nanoseconds, meaningful only in comparison with another answer
	 */
	long ahead(long now) {
		return this.elapsed.getAsLong() - now;
	}

}
