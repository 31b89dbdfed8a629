package io.github.distributedlock.reliability.proxy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptTests {

	private static final String[] CALL = { "EVALSHA", "sha", "5", "dl:{it:a}:lock", "dl:{it:a}:fence",
			"dl:{it:a}:queue", "dl:{it:b}:lock", "dl:{it:b}:queue", "node", "prefix", "", "1", "a 1500 1 h:n#1 1 a",
			"r 0 h:n#2 b" };

	@Test
	void eachQuestionOfACallIsFoundByItsLock() {
		assertThat(Script.ACQUIRE.isAskedBy(request(CALL), ":a}:lock")).isTrue();
		assertThat(Script.RELEASE.isAskedBy(request(CALL), ":b}:lock")).isTrue();
	}

	@Test
	void eachQuestionThatIsAskedTogetherIsFoundByItsLock() {
		byte[] call = request("EVALSHA", "sha", "8", "dl:{it:a}:fence", "dl:{it:a}:lock", "dl:{it:b}:lock",
				"dl:{it:a}:queue", "dl:{it:b}:queue", "dl:{it:c}:lock", "dl:{it:c}:fence", "dl:{it:c}:queue", "node",
				"prefix", "", "1", "t 1500 1 1 1", "h:n#1\nh:n#2\n", "1 a\nb\n", "a 2500 1 h:n#3 1 c");
		assertThat(Script.ACQUIRE.isAskedBy(call, ":a}:lock")).isTrue();
		assertThat(Script.ACQUIRE.isAskedBy(call, ":b}:lock")).isFalse();
		assertThat(Script.ACQUIRE.isAskedBy(call, ":c}:lock")).isTrue();
		assertThat(Script.RELEASE.isAskedBy(call, ":b}:lock")).isTrue();
		assertThat(Script.RELEASE.isAskedBy(call, ":a}:lock")).isFalse();
		assertThat(Script.RENEW.isAskedBy(call, ":a}:lock")).isFalse();
	}

	@Test
	void eachRenewalOfACallIsFoundByItsLock() {
		byte[] call = request("EVALSHA", "sha", "5", "dl:{it:a}:lock", "dl:{it:b}:lock", "dl:{it:c}:lock",
				"dl:{it:c}:fence", "dl:{it:c}:queue", "node", "prefix", "", "1", "m 1500 2", "h:n#1", "h:n#2",
				"e 1500 1 h:n#3");
		assertThat(Script.RENEW.isAskedBy(call, ":b}:lock")).isTrue();
		assertThat(Script.RENEW.isAskedBy(call, ":c}:lock")).isTrue();
		assertThat(Script.RENEW.isAskedBy(call, ":d}:lock")).isFalse();
		assertThat(Script.RELEASE.isAskedBy(call, ":b}:lock")).isFalse();
	}

	@Test
	void renewalThatComesAloneIsFoundByItsLock() {
		byte[] call = request("EVALSHA", "sha", "1", "dl:{it:a}:lock", "node", "prefix", "", "1", "k 1500 h:n#1");
		assertThat(Script.RENEW.isAskedBy(call, ":a}:lock")).isTrue();
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
