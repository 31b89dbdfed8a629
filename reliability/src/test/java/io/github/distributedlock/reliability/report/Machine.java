package io.github.distributedlock.reliability.report;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.baomidou.lock.LockTemplate;
import io.github.distributedlock.test.redis.RedisProcess;
import io.lettuce.core.RedisClient;
import org.redisson.Redisson;

import org.springframework.boot.SpringApplication;
import org.springframework.integration.redis.util.RedisLockRegistry;

/**
 * Where it ran, and with what.
 */
public final class Machine {

	private Machine() {
	}

	/**
	 * Looks around.
	 * @return what is there, by name
	 */
	public static Map<String, String> here() {
		Map<String, String> machine = new LinkedHashMap<>();
		machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
		machine.put("cores", Runtime.getRuntime().availableProcessors() + " cores");
		machine.put("load", String.format(Locale.ROOT, "load average %.1f at the end",
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
		machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
		machine.put("redis", "Redis " + redis());
		Stream
			.of(SpringApplication.class, Redisson.class, RedisClient.class, RedisLockRegistry.class, LockTemplate.class)
			.forEach((type) -> machine.put(type.getSimpleName(), jar(type)));
		return machine;
	}

	private static String redis() {
		try (RedisProcess server = RedisProcess.launch()) {
			return String.valueOf(server.command("INFO", "server"))
				.lines()
				.filter((line) -> line.startsWith("redis_version:"))
				.map((line) -> line.substring("redis_version:".length()))
				.findFirst()
				.orElse("?");
		}
	}

	private static String jar(Class<?> type) {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
			.getFileName()
			.toString()
			.replace(".jar", "");
	}

}
