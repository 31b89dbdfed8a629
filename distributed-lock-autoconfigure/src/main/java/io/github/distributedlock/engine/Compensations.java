package io.github.distributedlock.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;

/**
 * Releases, in the background, owner ids that are dead but may hold a lock in the store:
 * their request was not answered, or they were lost. Asked again until the store says
 * that it released one, or until its lease is over. "Not held" is no end: the release may
 * have overtaken the request that it undoes.
 */
final class Compensations {

	private static final long FIRST_PAUSE = 100_000_000L;

	/**
	 * Time for one attempt.
	 */
	static final long ONCE = FIRST_PAUSE;

	private static final long LONGEST_PAUSE = 5_000_000_000L;

	private final Map<String, Entry> entries = new ConcurrentHashMap<>();

	private final LockBackend backend;

	private final Jitter jitter;

	Compensations(LockBackend backend, Jitter jitter) {
		this.backend = backend;
		this.jitter = jitter;
	}

	/**
	 * Adds an owner id, to be released at the next pass.
	 */
	void add(LockKey key, String owner, long now, long until) {
		this.entries.putIfAbsent(owner, new Entry(key, owner, now, until));
	}

	/**
	 * Releases what is due.
	 * @return when the next is due
	 */
	long pass(long now) {
		long next = Ticker.NEVER;
		for (Entry entry : this.entries.values()) {
			if (now >= entry.until && entry.asked) {
				this.entries.remove(entry.owner);
				continue;
			}
			if (now >= entry.nextAt || !entry.asked) {
				entry.asked = true;
				entry.nextAt = now + entry.pause + this.jitter.upTo(entry.pause / 4);
				entry.pause = Math.min(2 * entry.pause, LONGEST_PAUSE);
				release(entry);
			}
			next = Math.min(next, Math.min(entry.nextAt, entry.until));
		}
		return next;
	}

	private void release(Entry entry) {
		CompletableFuture<Release> answer;
		try {
			answer = this.backend.release(entry.key, entry.owner, false);
		}
		catch (RuntimeException | Error ex) {
			return;
		}
		answer.whenComplete((release, ex) -> {
			if (release == Release.RELEASED) {
				this.entries.remove(entry.owner);
			}
		});
	}

	/**
	 * Returns the locks that may still be held in the store.
	 */
	List<LockKey> keys() {
		return this.entries.values().stream().map((entry) -> entry.key).distinct().toList();
	}

	boolean isEmpty() {
		return this.entries.isEmpty();
	}

	private static final class Entry {

		private final LockKey key;

		private final String owner;

		private final long until;

		private long nextAt;

		private long pause = FIRST_PAUSE;

		private boolean asked;

		Entry(LockKey key, String owner, long nextAt, long until) {
			this.key = key;
			this.owner = owner;
			this.nextAt = nextAt;
			this.until = until;
		}

	}

}
