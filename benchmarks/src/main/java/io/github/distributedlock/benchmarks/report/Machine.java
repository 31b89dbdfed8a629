package io.github.distributedlock.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.baomidou.lock.LockTemplate;
import io.lettuce.core.RedisClient;
import net.javacrumbs.shedlock.core.LockProvider;
import org.redisson.Redisson;

import org.springframework.boot.SpringApplication;
import org.springframework.core.SpringVersion;
import org.springframework.integration.redis.util.RedisLockRegistry;

/**
 * Where and with what it was measured.
 *
 * @param processor its name
 * @param cores how many there are
 * @param memory bytes of the machine
 * @param system the operating system
 * @param java the Java of this run
 * @param redis the version of the server
 * @param busy which share of the processors was at work, before anything was measured
 * @param libraries what is compared, and what it stands on
 */
public record Machine(String processor, int cores, long memory, String system, String java, String redis, double busy,
		List<String> libraries) {

	private static final Path CPU = Path.of("/proc/cpuinfo");

	/**
	 * Looks around.
	 * @param redis the version of the server
	 * @param look how long to look whether the machine is busy
	 * @return this machine
	 * @throws IOException if its processor cannot be read
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static Machine here(String redis, Duration look) throws IOException, InterruptedException {
		var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		system.getCpuLoad();
		Thread.sleep(look.toMillis());
		double busy = system.getCpuLoad();
		List<String> libraries = Stream
			.of(SpringApplication.class, SpringVersion.class, Redisson.class, RedisClient.class,
					RedisLockRegistry.class, LockTemplate.class, LockProvider.class)
			.map(Machine::jar)
			.toList();
		return new Machine(nameOfProcessor(), system.getAvailableProcessors(), system.getTotalMemorySize(),
				System.getProperty("os.name") + " " + System.getProperty("os.version"),
				System.getProperty("java.vm.name") + " " + Runtime.version(), redis, busy, libraries);
	}

	/**
	 * Returns whether nothing else kept the machine busy.
	 * @return whether what was measured can be believed
	 */
	public boolean isQuiet() {
		return this.busy < 0.1;
	}

	private static String nameOfProcessor() throws IOException {
		if (!Files.isReadable(CPU)) {
			return System.getProperty("os.arch");
		}
		try (Stream<String> lines = Files.lines(CPU)) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElse(System.getProperty("os.arch"));
		}
	}

	private static String jar(Class<?> type) {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
			.getFileName()
			.toString()
			.replace(".jar", "");
	}

}
