package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.List;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RepliesTests {

	private static final LockKey KEY = LockKey.of("orders");

	private static final long LARGEST = 1L << 53;

	@Test
	void grantIsRead() {
		assertThat(Replies.attempt("1 7 3 2", KEY, "n#1", 3))
			.isEqualTo(new Attempt.Granted(new Grant(KEY, "n#1", new Tokens(7, 3), 2)));
		assertThat(Replies.attempt("1 " + LARGEST + " 1 0", KEY, "n#1", 1)).isInstanceOf(Attempt.Granted.class);
	}

	@Test
	void contentionIsRead() {
		assertThat(Replies.attempt("0 12 h:n#1", KEY, "m#1", 1))
			.isEqualTo(new Attempt.Contended(Duration.ofMillis(13), "n#1"));
		assertThat(Replies.attempt("0 0 r:n", KEY, "m#1", 1))
			.isEqualTo(new Attempt.Contended(Duration.ofMillis(1), "n"));
		assertThat(Replies.attempt("0 30000 h:n#1", KEY, "m#1", 1))
			.isEqualTo(new Attempt.Contended(Duration.ofSeconds(1), "n#1"));
		assertThat(Replies.attempt("0 -1 ", KEY, "m#1", 1))
			.isEqualTo(new Attempt.Contended(Duration.ofSeconds(1), null));
	}

	@Test
	void otherAnswersAreRead() {
		assertThat(Replies.renewal("0", 1)).isEqualTo(new Renewal.Lost());
		assertThat(Replies.renewal("1 0 0 2", 1)).isEqualTo(new Renewal.Renewed(Tokens.NONE, 2));
		assertThat(Replies.renewal("1 9 1 0", 1)).isEqualTo(new Renewal.Renewed(new Tokens(9, 1), 0));
		assertThat(Replies.kept("kept")).isEqualTo(new Renewal.Renewed(Tokens.NONE, null));
		assertThat(Replies.kept("0")).isEqualTo(new Renewal.Lost());
		assertThat(Replies.release("1")).isEqualTo(Release.RELEASED);
		assertThat(Replies.release("0")).isEqualTo(Release.NOT_HELD);
		assertThat(Replies.withdrawal("1")).isNull();
	}

	static List<String> rogueAttempts() {
		return List.of("", "null", "1", "true 7 1 0", "2 7 1 0", "1 0 1 0", "1 -7 1 0", "1 " + (LARGEST + 1) + " 1 0",
				"1 " + LARGEST + " 2 0", "1 7 0 0", "1 7 3 0", "1 7 1 -1", "1 7 1", "1 x 1 0", "1  1 0", "1 7 1 0 0",
				"1 1.7e15 1 0", " 1 7 1 0", "+1 7 1 0", "01 7 1 0", "1 07 1 0", "1 +7 1 0", "1 7 1 -0", "0", "0 5",
				"0 -2 h:n#1", "0 x h:n#1", "OK");
	}

	@ParameterizedTest
	@MethodSource("rogueAttempts")
	void rogueReplyIsNeverAGrant(String reply) {
		assertThatExceptionOfType(BackendMisconfiguredException.class)
			.isThrownBy(() -> Replies.attempt(reply, KEY, "n#1", 2))
			.withMessageContaining("check what stands between");
	}

	@Test
	void rogueReplyIsNeitherARenewalNorARelease() {
		for (String reply : List.of("", "OK", "1", "0 ", "0 5", "00", "1 5 0 0", "1 0 1 0", "1 5 2 0")) {
			assertThatExceptionOfType(BackendMisconfiguredException.class).isThrownBy(() -> Replies.renewal(reply, 1));
		}
		for (String reply : List.of("", "1", "00", "0 ", "Kept", "kept ", "1 0 0 0")) {
			assertThatExceptionOfType(BackendMisconfiguredException.class).isThrownBy(() -> Replies.kept(reply));
		}
		assertThatExceptionOfType(BackendMisconfiguredException.class).isThrownBy(() -> Replies.release("2"));
		assertThatExceptionOfType(BackendMisconfiguredException.class).isThrownBy(() -> Replies.withdrawal("0"));
	}

}
