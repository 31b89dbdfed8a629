package io.github.distributedlock.autoconfigure;

import java.time.Duration;

import io.github.distributedlock.LockRequest;
import io.github.distributedlock.engine.BreakerSettings;
import io.github.distributedlock.engine.EngineSettings;
import io.github.distributedlock.engine.WaiterLimits;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Turns properties into the settings of the engine, and refuses values that cannot work.
 */
final class EngineSettingsReader {

	private EngineSettingsReader() {
	}

	static EngineSettings read(DistributedLockProperties properties) {
		DistributedLockProperties.HandOff handOff = properties.handOff();
		require(StringUtils.hasText(properties.namespace()), "namespace", properties.namespace(),
				"It must not be empty: write a prefix such as 'dl'.");
		requireNotNegative("wait-time", properties.waitTime());
		requireNotNegative("shutdown-timeout", properties.shutdownTimeout());
		require(properties.lease().compareTo(LockRequest.SHORTEST_LEASE) >= 0, "lease", properties.lease(),
				"It must be at least 500ms, so that two renewals fit.");
		requirePositive("command-timeout", properties.commandTimeout());
		require(handOff.slice().compareTo(Duration.ofMillis(1)) >= 0, "hand-off.slice", handOff.slice(),
				"It must be at least 1ms. To pass no lock on within a node, set distributed-lock.hand-off.enabled to "
						+ "false.");
		if (properties.maxHold() != null) {
			requirePositive("max-hold", properties.maxHold());
		}
		requireCount("max-waiters-per-key", properties.maxWaitersPerKey());
		requireCount("max-waiters", properties.maxWaiters());
		return new EngineSettings(properties.waitTime(), properties.lease(), properties.onUnavailable(),
				properties.onLost(), properties.commandTimeout(), handOff.enabled(), handOff.slice(),
				properties.maxHold(), properties.release(), breaker(properties.breaker()),
				new WaiterLimits(properties.maxWaitersPerKey(), properties.maxWaiters()));
	}

	private static BreakerSettings breaker(DistributedLockProperties.Breaker breaker) {
		requireCount("breaker.failure-threshold", breaker.failureThreshold());
		require(breaker.probeDelay().toMillis() > 0, "breaker.probe-delay", breaker.probeDelay(),
				"It must be at least 1ms, such as 100ms.");
		require(breaker.maxProbeDelay().compareTo(breaker.probeDelay()) >= 0, "breaker.max-probe-delay",
				breaker.maxProbeDelay(),
				"It must not be below distributed-lock.breaker.probe-delay, which is " + breaker.probeDelay() + ".");
		return new BreakerSettings(breaker.enabled(), breaker.failureThreshold(), breaker.probeDelay(),
				breaker.maxProbeDelay());
	}

	private static void requireCount(String property, int value) {
		require(value > 0, property, value, "It must be at least 1.");
	}

	private static void requirePositive(String property, Duration value) {
		require(!value.isNegative() && !value.isZero(), property, value, "It must be positive, such as 1s.");
	}

	private static void requireNotNegative(String property, Duration value) {
		require(!value.isNegative(), property, value, "It must not be negative. Write 0s not to wait.");
	}

	private static void require(boolean valid, String property, @Nullable Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException("distributed-lock." + property, value, reason);
		}
	}

}
