package io.github.distributedlock.reliability.proxy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptTests {

	private static final String[] CALL = { "EVALSHA", "sha", "5", "dl:{it:a}:lock", "dl:{it:a}:fence",
			"dl:{it:a}:queue", "dl:{it:b}:lock", "dl:{it:b}:queue", "node", "prefix", "", "1", "a n#1 1500\nr n#2\n" };

	@Test
	void eachQuestionOfACallIsFoundByItsLock() {
		assertThat(Script.ACQUIRE.isAskedBy(request(CALL), ":a}:lock")).isTrue();
		assertThat(Script.RELEASE.isAskedBy(request(CALL), ":b}:lock")).isTrue();
	}

	@Test
	void eachRenewalOfACallIsFoundByItsLock() {
		byte[] call = request("EVALSHA", "sha", "4", "dl:{it:a}:lock", "dl:{it:a}:queue", "dl:{it:b}:lock",
				"dl:{it:b}:queue", "node", "prefix", "", "1", "k 1500 h:n#1\nk 1500 h:n#2\n");
		assertThat(Script.RENEW.isAskedBy(call, ":b}:lock")).isTrue();
		assertThat(Script.RENEW.isAskedBy(call, ":c}:lock")).isFalse();
	}

	@Test
	void questionAboutAnotherLockOrOfAnotherKindIsNone() {
		assertThat(Script.ACQUIRE.isAskedBy(request(CALL), ":b}:lock")).isFalse();
		assertThat(Script.RENEW.isAskedBy(request(CALL), ":a}:lock")).isFalse();
		assertThat(Script.RELEASE.isAskedBy(request(CALL), ":a}:lock")).isFalse();
	}

	@Test
	void otherCommandsAskNothing() {
		assertThat(Script.ACQUIRE.isAskedBy(request("PING"), ":a}:lock")).isFalse();
		assertThat(Script.ACQUIRE.isAskedBy(request("SCRIPT", "LOAD", "a b\nc", "d"), ":a}:lock")).isFalse();
	}

	private static byte[] request(String... words) {
		return Stream.of(words)
			.map((word) -> "$" + word.length() + "\r\n" + word + "\r\n")
			.collect(Collectors.joining("", "*" + words.length + "\r\n", ""))
			.getBytes(StandardCharsets.ISO_8859_1);
	}

}
