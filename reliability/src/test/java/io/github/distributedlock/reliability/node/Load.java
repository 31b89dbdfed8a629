package io.github.distributedlock.reliability.node;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import io.github.distributedlock.reliability.node.Plan.Extra;

/**
 * What a node does all the time.
 */
enum Load {

	/** Many short calls. */
	SWIFT {

		@Override
		Plan next(String prefix, int locks, Random random) {
			String lock = prefix + random.nextInt(locks);
			int kind = random.nextInt(100);
			if (kind < 15) {
				return Plan.of(lock, Mode.BRIEF, 0, Extra.WRITE);
			}
			if (kind < 18) {
				return Plan.of(lock, Mode.BRIEF, 0, Extra.REENTER);
			}
			return (kind < 20) ? Plan.of(lock, Mode.HASTY, 0, Extra.THROW) : Plan.of(lock, Mode.BRIEF, 0);
		}

	},

	/** Long calls that outlive faults. */
	SLOW {

		@Override
		Plan next(String prefix, int locks, Random random) {
			String lock = prefix + random.nextInt(locks);
			Mode mode = (random.nextInt(3) == 0) ? Mode.FIXED : Mode.PATIENT;
			long millis = random.nextInt(3) * random.nextInt(800);
			return (random.nextInt(4) == 0) ? Plan.of(lock, mode, millis, Extra.WRITE, Extra.REENTER)
					: Plan.of(lock, mode, millis, Extra.WRITE, Extra.STUBBORN);
		}

	},

	/** Calls that are longer than their leases, or short. */
	LONG {

		@Override
		Plan next(String prefix, int locks, Random random) {
			String lock = prefix + random.nextInt(locks);
			long millis = (random.nextInt(3) == 0) ? random.nextInt(100) : 1000 + random.nextInt(3000);
			Mode mode = (random.nextInt(3) == 0) ? Mode.FIXED : Mode.PATIENT;
			return (random.nextInt(3) == 0) ? Plan.of(lock, mode, millis / 4, Extra.WRITE, Extra.REENTER)
					: Plan.of(lock, mode, millis, Extra.WRITE, Extra.STUBBORN);
		}

	},

	/** The same, with threads that work for others meanwhile. */
	POOLED {

		@Override
		Plan next(String prefix, int locks, Random random) {
			return (random.nextInt(4) == 0) ? Plan.of(prefix + random.nextInt(locks), Mode.PATIENT, 0, Extra.POOLED)
					: LONG.next(prefix, locks, random);
		}

	};

	private static final int LONGEST_PARK = 50_000_000;

	abstract Plan next(String prefix, int locks, Random random);

	/**
	 * Rests between two calls.
	 * @param micros for how long, on average
	 * @param random where chance comes from
	 */
	static void rest(long micros, Random random) {
		if (micros > 0) {
			LockSupport.parkNanos(Math.min(LONGEST_PARK, (long) (random.nextDouble() * 2000 * micros)));
		}
	}

}
