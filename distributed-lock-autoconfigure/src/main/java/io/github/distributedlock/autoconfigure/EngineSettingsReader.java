package io.github.distributedlock.autoconfigure;

import java.time.Duration;

import io.github.distributedlock.LockRequest;
import io.github.distributedlock.engine.EngineSettings;
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
		return new EngineSettings(properties.waitTime(), properties.lease(), properties.onUnavailable(),
				properties.onLost(), properties.commandTimeout(), handOff.enabled(), handOff.slice(),
				properties.maxHold(), properties.release());
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
