package io.github.distributedlock.engine;

import java.time.Duration;

/**
 * When a store that does not answer is no longer asked by everybody, and how often it is
 * then asked whether it is back.
 *
 * @param enabled whether that happens at all
 * @param failureThreshold how many questions in a row stay unanswered before; at least 1
 * @param probeDelay the pause before the first probe; at least 1 ms
 * @param maxProbeDelay the longest pause between two probes; not below the first
 */
public record BreakerSettings(boolean enabled, int failureThreshold, Duration probeDelay, Duration maxProbeDelay) {

	public BreakerSettings {
		EngineSettings.require(failureThreshold > 0, "failureThreshold", failureThreshold, "at least 1");
		EngineSettings.require(probeDelay.toMillis() > 0, "probeDelay", probeDelay, "at least 1ms");
		EngineSettings.require(maxProbeDelay.compareTo(probeDelay) >= 0, "maxProbeDelay", maxProbeDelay,
				"at least 'probeDelay'");
	}

	/**
	 * Returns the defaults: after three questions, a probe after 100 ms, later every 400
	 * ms.
	 * @return the defaults
	 */
	public static BreakerSettings defaults() {
		return new BreakerSettings(true, 3, Duration.ofMillis(100), Duration.ofMillis(400));
	}

	/**
	 * Returns the settings of a breaker that never opens.
	 * @return the settings
	 */
	public static BreakerSettings disabled() {
		return new BreakerSettings(false, 3, Duration.ofMillis(100), Duration.ofMillis(400));
	}

}
