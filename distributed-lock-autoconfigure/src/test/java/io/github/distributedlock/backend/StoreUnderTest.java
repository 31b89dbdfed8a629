package io.github.distributedlock.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.github.distributedlock.LockKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a contract needs of a store, and that the store tells locks apart.
 */
abstract class StoreUnderTest {

	protected static final Duration SHORT = Duration.ofMillis(900);

	protected static final Duration LONG = Duration.ofSeconds(30);

	private final List<TestNode> nodes = new ArrayList<>();

	/**
	 * Connects a further node to the store under test.
	 */
	protected abstract LockBackend newBackend();

	/**
	 * Lets time pass at the store.
	 */
	protected abstract void elapse(Duration time);

	protected final TestNode node() {
		TestNode node = new TestNode(newBackend());
		this.nodes.add(node);
		return node;
	}

	protected final LockKey newKey() {
		return LockKey.of("contract", UUID.randomUUID());
	}

	@AfterEach
	final void closeNodes() {
		this.nodes.forEach(TestNode::close);
	}

	@Test
	void oddNamesStayApart() {
		TestNode node = node();
		String salt = UUID.randomUUID().toString();
		String longName = salt + "x".repeat(5000);
		List<LockKey> keys = List.of(LockKey.of(salt), LockKey.of(salt.toUpperCase() + "A"),
				LockKey.of(salt.toUpperCase() + "a"), LockKey.of(salt, "a:b"), LockKey.of(salt + ":a", "b"),
				LockKey.of(salt + ":a:b"), LockKey.of(salt, "a"), LockKey.of(salt + ":a"), LockKey.of(salt + "%3Aa"),
				LockKey.of(salt, "{"), LockKey.of(salt, "}"), LockKey.of(salt + "{}"), LockKey.of(salt, "{a}"),
				LockKey.of(salt, "\r\n"), LockKey.of(salt, "\r"), LockKey.of(salt, "\n"), LockKey.of(salt, "\0"),
				LockKey.of(salt, " "), LockKey.of(salt, "é"), LockKey.of(salt, "e\u0301"), LockKey.of(salt, "😀"),
				LockKey.of(salt, "\ud83d"), LockKey.of(salt, "\ude00"), LockKey.of(salt, "?"),
				LockKey.of(salt, "\ufffd"), LockKey.of(longName), LockKey.of(longName + "x"), LockKey.of(longName, "x"),
				LockKey.of(salt, "lock"), LockKey.of(salt, "a}:lock"), LockKey.of(salt, "queue"), LockKey.of(salt, "*"),
				LockKey.of(salt, "%"), LockKey.of(salt, "%25"));
		Set<String> owners = new HashSet<>();
		for (LockKey key : keys) {
			Grant grant = node.acquire(key);
			assertThat(node.contended(key, false).holder()).isEqualTo(grant.owner());
			owners.add(grant.owner());
		}
		assertThat(owners).hasSameSizeAs(keys);
	}

}
