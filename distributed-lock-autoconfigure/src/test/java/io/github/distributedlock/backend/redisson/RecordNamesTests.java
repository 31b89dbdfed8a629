package io.github.distributedlock.backend.redisson;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.LockKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordNamesTests {

	private final RecordNames names = new RecordNames("dl");

	@Test
	void recordsOfALockShareOneSlot() {
		String tag = this.names.tag(LockKey.of("orders", 42));
		assertThat(this.names.lockFenceQueue(tag)).containsExactly("dl:{orders:42}:lock", "dl:{orders:42}:fence",
				"dl:{orders:42}:queue");
		assertThat(this.names.lockQueue(tag)).containsExactly("dl:{orders:42}:lock", "dl:{orders:42}:queue");
		assertThat(this.names.lockQueue(this.names.tag(LockKey.of("nightly")))).contains("dl:{nightly}:lock");
	}

	@Test
	void channelIsToldApartFromEveryRecordAndEveryOtherChannel() {
		assertThat(this.names.channel("abc")).isEqualTo("dl:node:abc");
		HostileTexts texts = new HostileTexts(HostileTexts.SEED + 2);
		Map<String, String> namespaces = new HashMap<>();
		for (int i = 0; i < 10_000; i++) {
			String namespace = (i % 3 == 0) ? List.of("dl", "dl:node", "dl:{", "dl:node:abc").get(i % 4)
					: texts.namespace();
			RecordNames odd = new RecordNames(namespace);
			String channel = odd.channel("abc");
			assertThat(namespaces.computeIfAbsent(channel, (name) -> namespace)).as(channel).isEqualTo(namespace);
			assertThat(odd.channel("abd")).isNotEqualTo(channel);
			assertThat(channel).endsWith(":node:abc").doesNotContain("{", "}");
			assertThat(odd.lockFenceQueue(odd.tag(texts.key())))
				.allSatisfy((record) -> assertThat(record).containsOnlyOnce(":{").containsOnlyOnce("}:"));
		}
		assertThat(namespaces).hasSizeGreaterThan(1000);
	}

	@Test
	void namespaceCannotBreakTheTag() {
		RecordNames odd = new RecordNames("a{b}:c");
		assertThat(odd.lockQueue(odd.tag(LockKey.of("x")))).contains("a%7Bb%7D%3Ac:{x}:lock");
	}

	@Test
	void tagIsReadBack() {
		for (LockKey key : new LockKey[] { LockKey.of("orders", 42), LockKey.of("a:b"), LockKey.of("a", ":"),
				LockKey.of("😀", "\r\n"), LockKey.of("\ud800") }) {
			assertThat(this.names.key(this.names.tag(key))).isEqualTo(key);
			assertThat(RecordNames.isTag(this.names.tag(key))).isTrue();
		}
	}

	@Test
	void shortenedTagIsRemembered() {
		LockKey key = LockKey.of("x".repeat(300), "y");
		String tag = this.names.tag(key);
		assertThat(tag).hasSizeLessThanOrEqualTo(200);
		assertThat(RecordNames.isTag(tag)).isTrue();
		assertThat(this.names.key(tag)).isEqualTo(key);
		assertThat(new RecordNames("dl").key(tag)).isNull();
	}

	@Test
	void onlyTheLatestShortenedTagsAreRemembered() {
		String first = this.names.tag(LockKey.of("x".repeat(300), "first"));
		for (int i = 0; i < 1000; i++) {
			this.names.tag(LockKey.of("x".repeat(300), i));
		}
		assertThat(this.names.key(first)).isNull();
	}

	@Test
	void longKeysAreForgottenBeforeTheyFillTheMemory() {
		String megabyte = "x".repeat(1 << 20);
		String first = this.names.tag(LockKey.of("first", megabyte));
		String second = this.names.tag(LockKey.of("second", megabyte));
		assertThat(this.names.key(first)).isNull();
		assertThat(this.names.key(second)).isNotNull();
		String huge = this.names.tag(LockKey.of("huge", megabyte.repeat(3)));
		assertThat(this.names.key(second)).isNull();
		assertThat(this.names.key(huge)).isNull();
		String longName = this.names.tag(LockKey.of("x".repeat(300)));
		assertThat(this.names.key(longName)).isEqualTo(LockKey.of("x".repeat(300)));
	}

	@Test
	void whatIsNoTagHasNoKey() {
		for (String text : new String[] { "", ":", "a:", ":a", "%20", "%20:a", "a:b:c", "{a}", "a b", "%" }) {
			assertThat(this.names.key(text)).as(text).isNull();
		}
		assertThat(RecordNames.isTag("{a}")).isFalse();
		assertThat(RecordNames.isTag("a".repeat(201))).isFalse();
		assertThat(RecordNames.isTag("")).isFalse();
	}

}
