package io.github.distributedlock.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.distributedlock.backend.redisson.RedissonLockBackend;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * The scripts of this project's Redis backend and nothing else: no queue, no deadline, no
 * renewal. What is left is what the store and the client cost.
 */
final class ScriptLocks implements LockClient {

	private static final String NODE = "00000000000000000000";

	private final AtomicLong sequence = new AtomicLong();

	private final RedissonClient client;

	private final RScript scripts;

	private final String script;

	ScriptLocks(int port) {
		this.client = RedissonClients.tuned(port);
		this.scripts = this.client.getScript(StringCodec.INSTANCE);
		StringBuilder text = new StringBuilder();
		for (String part : List.of("context", "join", "pass", "acquire", "release", "alone", "together", "renew",
				"keep", "withdraw", "answer")) {
			text.append(read(part));
		}
		this.script = this.scripts.scriptLoad(text.toString());
	}

	@Override
	public Held lock(String key) {
		String tag = "benchmark:" + key;
		String record = "dl:{" + tag + "}:";
		String own = "h:" + NODE + "#" + this.sequence.incrementAndGet();
		List<Object> lockFenceQueue = List.of(record + "lock", record + "fence", record + "queue");
		List<Object> lockQueue = List.of(record + "lock", record + "queue");
		expect(ask(lockFenceQueue, "a 30000 1 " + own + " 0 " + tag));
		return () -> expect(ask(lockQueue, "r 0 " + own + " " + tag));
	}

	private String ask(List<Object> records, String question) {
		return this.scripts.evalSha(RScript.Mode.READ_WRITE, this.script, RScript.ReturnType.STRING, records, NODE,
				"dl:node:", "", "1", question);
	}

	private static void expect(String reply) {
		if (!reply.startsWith("1")) {
			throw new IllegalStateException("The script answered " + reply + ": use one thread for each key");
		}
	}

	private static String read(String name) {
		try (InputStream input = RedissonLockBackend.class.getResourceAsStream(name + ".lua")) {
			if (input == null) {
				throw new IllegalStateException(
						"The backend has no " + name + ".lua: write here which scripts it has now");
			}
			return new String(input.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.client.shutdown();
	}

}
