package io.github.distributedlock.backend.redisson;

import java.util.List;
import java.util.SplittableRandom;

import io.github.distributedlock.LockKey;

/**
 * Texts that an attacker, or a careless caller, may have as the name, the key or the
 * namespace of a lock. The same seed gives the same texts.
 */
final class HostileTexts {

	static final long SEED = Long.getLong("distributed-lock.test.seed", 20_261_101L);

	private static final List<String> PIECES = List.of("a", "b", "A", "1", "-1", ":", "::", "{", "}", "{}", "}:lock",
			"}:fence", ":queue", "{a}", "dl", "dl:{", ":node:", "%", "%2", "%25", "%3A", "%7B", "%~", "%ED%A0%80", "\r",
			"\n", "\r\n", "\r\n$4\r\nPING\r\n", "*1\r\n$8\r\nFLUSHALL\r\n", "\0", "\u001b[31m", "\t", " ", "\u00a0",
			"\u2028", "\u202e", "\ufeff", "*", "?", "[a-z]", "\\", "/", "../", "\"", "'", ";", "--", "`", "|", "&", "é",
			"e\u0301", "ß", "İ", "ı", "漢", "😀", "👨\u200d👩\u200d👧", "\ud800", "\udbff", "\udc00", "\udfff", "\ud83d",
			"\ude00", "\uffff", "\ufffd", "h:", "r:", "#", "g", "c", "null", "${user.home}",
			"${distributed-lock.namespace}", "#{systemProperties}", "#{T(java.lang.Runtime).getRuntime().exec('id')}",
			"T(java.lang.System).exit(1)", "#root.target", "@bean", "redis.call('FLUSHALL')", "KEYS[1]", "\u007f",
			"\u0080", "\u009b");

	private final SplittableRandom random;

	HostileTexts(long seed) {
		this.random = new SplittableRandom(seed);
	}

	/**
	 * Returns the next text.
	 * @param most how many pieces it has at most
	 * @return a text, possibly empty
	 */
	String next(int most) {
		StringBuilder text = new StringBuilder();
		for (int pieces = this.random.nextInt(most + 1); pieces > 0; pieces--) {
			if (this.random.nextInt(4) == 0) {
				text.append((char) this.random.nextInt(0x10000));
			}
			else {
				text.append(PIECES.get(this.random.nextInt(PIECES.size())));
			}
		}
		return text.toString();
	}

	/**
	 * Returns the next lock: one text, cut into name and key anywhere, so that many locks
	 * differ by nothing but the place of the cut. One in fifty is long.
	 * @return a lock
	 */
	LockKey key() {
		String text = next((this.random.nextInt(50) == 0) ? 300 : 6);
		int cut = this.random.nextInt(text.length() + 1);
		String name = text.substring(0, cut);
		String key = text.substring(cut);
		return new LockKey(name.isBlank() ? "n" + name : name, key.isEmpty() ? null : key);
	}

	String namespace() {
		return "n" + next((this.random.nextInt(50) == 0) ? 100 : 2);
	}

}
