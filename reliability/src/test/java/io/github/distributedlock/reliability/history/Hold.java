package io.github.distributedlock.reliability.history;

/**
 * One call of a locked method, as its process saw it. Moments that never came are
 * {@link Long#MAX_VALUE}.
 */
public final class Hold {

	/** Never. */
	public static final long NEVER = Long.MAX_VALUE;

	private final String id;

	private final String process;

	private final String lock;

	long invoked = NEVER;

	long wait;

	long lease;

	long granted = NEVER;

	long token;

	boolean guarded;

	long deadline;

	long told = NEVER;

	long doubted = NEVER;

	long releasing = NEVER;

	long ended = NEVER;

	long died = NEVER;

	String outcome = "";

	Hold(String id, String process, String lock) {
		this.id = id;
		this.process = process;
		this.lock = lock;
	}

	/**
	 * Until when the holder may believe that it has the lock.
	 * @return the first of its end, its loss, its deadline and its process's death
	 */
	public long validUntil() {
		return Math.min(knownUntil(), this.deadline);
	}

	/**
	 * Until when the holder was not told otherwise, whatever its deadline says.
	 * @return the first of its end, its loss and its process's death
	 */
	public long knownUntil() {
		return Math.min(Math.min(this.releasing, this.died), Math.min(this.told, this.doubted));
	}

	/**
	 * Whether the work ran, and the lock excluded others.
	 * @return whether it counts
	 */
	public boolean isProtected() {
		return isGranted() && this.guarded;
	}

	/**
	 * Whether the work ran.
	 * @return whether it was begun
	 */
	public boolean isGranted() {
		return this.granted != NEVER;
	}

	/**
	 * Whether the holder learned of a loss while its work ran.
	 * @return whether it was told, or asked
	 */
	public boolean isKnownLost() {
		return this.told < this.releasing || this.doubted != NEVER;
	}

	public String id() {
		return this.id;
	}

	public String process() {
		return this.process;
	}

	public String lock() {
		return this.lock;
	}

	public long invoked() {
		return this.invoked;
	}

	public long waitTime() {
		return this.wait;
	}

	public long lease() {
		return this.lease;
	}

	public long granted() {
		return this.granted;
	}

	public long token() {
		return this.token;
	}

	public long deadline() {
		return this.deadline;
	}

	public long told() {
		return this.told;
	}

	public long doubted() {
		return this.doubted;
	}

	public long releasing() {
		return this.releasing;
	}

	public long ended() {
		return this.ended;
	}

	public long died() {
		return this.died;
	}

	public String outcome() {
		return this.outcome;
	}

	@Override
	public String toString() {
		return this.id + " (token " + this.token + ")";
	}

}
