package io.github.distributedlock.backend.redisson;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.LockKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever locks are called, their records are told apart, share a slot and stay short.
 * An encoding that can be read back is injective; what is shortened cannot be read back,
 * and is compared with all others instead.
 */
class KeyEncodingTests {

	private static final int TUPLES = Integer.getInteger("distributed-lock.test.tuples", 1_000_000);

	private static final int NESTED = TUPLES / 4;

	private static final int LONGEST_RECORD = 410;

	@Test
	void aMillionTuplesHaveRecordsOfTheirOwn() {
		HostileTexts texts = new HostileTexts(HostileTexts.SEED);
		Map<String, Tuple> shortened = new HashMap<>();
		int readBack = 0;
		for (int i = 0; i < TUPLES; i++) {
			Tuple tuple = new Tuple(texts.namespace(), texts.key());
			String record = tuple.records().get(0);
			if (tuple.equals(Tuple.read(record))) {
				readBack++;
				continue;
			}
			if (Tuple.read(record) != null || !record.contains("%~")) {
				assertThat(Tuple.read(record)).as(record).isEqualTo(tuple);
			}
			Tuple other = shortened.putIfAbsent(record, tuple);
			if (other != null) {
				assertThat(other).as(record).isEqualTo(tuple);
			}
		}
		System.out.println(TUPLES + " tuples of seed " + HostileTexts.SEED + ": " + readBack + " were read back, "
				+ shortened.size() + " were shortened, no two shared a record");
		assertThat(readBack).isGreaterThan(TUPLES * 9 / 10);
		assertThat(shortened).hasSizeGreaterThan(TUPLES / 1000);
	}

	/**
	 * Records within records, and texts that look like them.
	 */
	@Test
	void recordsWithinRecordsHaveTextsThatAreReadBack() {
		NestedKeys keys = new NestedKeys(HostileTexts.SEED);
		int nested = 0;
		for (int i = 0; i < NESTED; i++) {
			Record value = keys.next();
			String text = String.valueOf(LockKey.of("orders", value).key());
			Object content = NestedKeys.content(value);
			if (!content.equals(NestedKeys.read(text))) {
				assertThat(NestedKeys.read(text)).as(text).isEqualTo(content);
			}
			nested += (((List<?>) content).stream().anyMatch(List.class::isInstance)) ? 1 : 0;
		}
		assertThat(nested).isGreaterThan(NESTED / 4);
	}

	@Test
	void recordsOfALockAreInOneSlotAndShort() {
		HostileTexts texts = new HostileTexts(HostileTexts.SEED + 1);
		for (int i = 0; i < TUPLES / 10; i++) {
			List<String> records = new Tuple(texts.namespace(), texts.key()).records();
			if (records.stream().mapToInt(HashSlot::of).distinct().count() != 1) {
				assertThat(records).isEqualTo("in one slot");
			}
			if (records.stream().anyMatch((record) -> record.length() > LONGEST_RECORD)) {
				assertThat(records).isEqualTo("short");
			}
		}
	}

	@Test
	void aMegabyteIsShortWhereverItStands() {
		for (String piece : List.of("{", "\ud800", "😀")) {
			String megabyte = piece.repeat(1_048_576 / piece.length());
			for (Tuple tuple : List.of(new Tuple(megabyte, LockKey.of("a")), new Tuple("dl", LockKey.of(megabyte)),
					new Tuple("dl", LockKey.of("a", megabyte)), new Tuple("dl", LockKey.of(megabyte, megabyte)))) {
				assertThat(tuple.records()).allSatisfy((record) -> assertThat(record).hasSizeLessThan(LONGEST_RECORD));
				assertThat(new Tuple(tuple.namespace() + "b", tuple.key()).records())
					.doesNotContainAnyElementsOf(tuple.records());
			}
			assertThat(new Tuple("dl", LockKey.of("a", megabyte)).records())
				.doesNotContainAnyElementsOf(new Tuple("dl", LockKey.of("a", megabyte + "b")).records());
		}
	}

	private record Tuple(String namespace, LockKey key) {

		private static final RecordNames READER = new RecordNames("any");

		List<String> records() {
			RecordNames names = new RecordNames(this.namespace);
			return names.lockFenceQueue(names.tag(this.key)).stream().map(String::valueOf).toList();
		}

		static Tuple read(String record) {
			int tag = record.indexOf(":{");
			String namespace = PlainText.decode(record.substring(0, tag));
			LockKey key = READER.key(record.substring(tag + 2, record.indexOf('}')));
			return (namespace == null || key == null) ? null : new Tuple(namespace, key);
		}

	}

}
