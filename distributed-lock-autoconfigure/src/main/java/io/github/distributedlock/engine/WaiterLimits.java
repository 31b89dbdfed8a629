package io.github.distributedlock.engine;

/**
 * How many callers of this node may wait at a time. Who comes on top is refused at once.
 *
 * @param perKey how many may wait for one lock; at least 1
 * @param total how many may wait in all; at least 1
 */
public record WaiterLimits(int perKey, int total) {

	public WaiterLimits {
		EngineSettings.require(perKey > 0, "perKey", perKey, "at least 1");
		EngineSettings.require(total > 0, "total", total, "at least 1");
	}

	/**
	 * Returns the defaults: 10,000 for one lock, 20,000 in all.
	 * @return the defaults
	 */
	public static WaiterLimits defaults() {
		return new WaiterLimits(10_000, 20_000);
	}

}
