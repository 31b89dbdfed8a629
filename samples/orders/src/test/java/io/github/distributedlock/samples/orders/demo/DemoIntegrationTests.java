package io.github.distributedlock.samples.orders.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DemoIntegrationTests {

	private final ByteArrayOutputStream story = new ByteArrayOutputStream();

	private final PrintStream out = new PrintStream(this.story, true, StandardCharsets.UTF_8);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path logs;

	@Test
	void noOrderIsPaidTwiceByTwoNodesWithTheLock() throws Exception {
		int code = new Demo(this.out, "payments").run(this.logs);
		assertThat(this.story.toString(StandardCharsets.UTF_8))
			.contains("3 payments booked for 3 orders, 9 requests refused")
			.doesNotContain("WRONG");
		assertThat(code).isZero();
	}

	@Test
	void demoFailsWhenTheLockIsMissing() throws Exception {
		int code = new Demo(this.out, "unlocked-payments").run(this.logs);
		assertThat(this.story.toString(StandardCharsets.UTF_8)).contains("WRONG: Order 2 was booked");
		assertThat(code).isEqualTo(1);
	}

}
