package io.github.distributedlock.fleet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.test.process.JvmProcess;
import io.github.distributedlock.test.redis.RedisServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CounterIntegrationTests {

	private static final int NODES = 4;

	private static final int THREADS = 8;

	private static final int INCREMENTS = 2000;

	private static final int TOTAL = NODES * THREADS * INCREMENTS;

	@ParameterizedTest(name = "hand-off {0}")
	@ValueSource(booleans = { true, false })
	void fourProcessesLoseNoIncrementAndTheirTokensRise(boolean handOff, @TempDir Path folder) throws Exception {
		Path file = folder.resolve("ledger");
		List<JvmProcess> nodes = new ArrayList<>();
		try (RedisServer server = RedisServer.start(); Ledger ledger = new Ledger(file, TOTAL)) {
			for (int node = 0; node < NODES; node++) {
				nodes.add(JvmProcess.start(IncrementingNode.class, server.host(), "" + server.port(), file.toString(),
						"" + THREADS, "" + INCREMENTS, "" + handOff, "" + TOTAL));
			}
			for (JvmProcess node : nodes) {
				node.await("ready");
			}
			for (JvmProcess node : nodes) {
				node.tell("go");
			}
			for (JvmProcess node : nodes) {
				node.await("done");
			}
			assertThat(ledger.count()).isEqualTo(64_000);
			for (int number = 2; number <= TOTAL; number++) {
				assertThat(ledger.token(number)).isGreaterThan(ledger.token(number - 1));
			}
		}
		finally {
			nodes.forEach(JvmProcess::close);
		}
	}

}
