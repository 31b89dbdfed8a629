package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.Arrays;
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
		assertThat(Replies.attempt(List.of(1L, 7L, 3L, 2L), KEY, "n#1", 3))
			.isEqualTo(new Attempt.Granted(new Grant(KEY, "n#1", new Tokens(7, 3), 2)));
		assertThat(Replies.attempt(List.of(1L, LARGEST, 1L, 0L), KEY, "n#1", 1)).isInstanceOf(Attempt.Granted.class);
	}

	@Test
	void contentionIsRead() {
		assertThat(Replies.attempt(List.of(0L, 12L, "h:n#1"), KEY, "m#1", 1))
			.isEqualTo(new Attempt.Contended(Duration.ofMillis(13), "n#1"));
		assertThat(Replies.attempt(List.of(0L, 0L, "r:n"), KEY, "m#1", 1))
			.isEqualTo(new Attempt.Contended(Duration.ofMillis(1), "n"));
		assertThat(Replies.attempt(List.of(0L, 30_000L, "h:n#1"), KEY, "m#1", 1))
			.isEqualTo(new Attempt.Contended(Duration.ofSeconds(1), "n#1"));
		assertThat(Replies.attempt(List.of(0L, -1L, ""), KEY, "m#1", 1))
			.isEqualTo(new Attempt.Contended(Duration.ofSeconds(1), null));
	}

	@Test
	void otherAnswersAreRead() {
		assertThat(Replies.renewal(List.of(0L), 1)).isEqualTo(new Renewal.Lost());
		assertThat(Replies.renewal(List.of(1L, 0L, 0L, 2L), 1)).isEqualTo(new Renewal.Renewed(Tokens.NONE, 2));
		assertThat(Replies.renewal(List.of(1L, 9L, 1L, 0L), 1)).isEqualTo(new Renewal.Renewed(new Tokens(9, 1), 0));
		assertThat(Replies.release(List.of(1L))).isEqualTo(Release.RELEASED);
		assertThat(Replies.release(List.of(0L))).isEqualTo(Release.NOT_HELD);
		assertThat(Replies.withdrawal(List.of(1L))).isNull();
	}

	static List<List<?>> rogueAttempts() {
		return List.of(List.of(), List.of(1L), List.of("1", 7L, 1L, 0L), List.of(2L, 7L, 1L, 0L),
				List.of(1L, 0L, 1L, 0L), List.of(1L, -7L, 1L, 0L), List.of(1L, LARGEST + 1, 1L, 0L),
				List.of(1L, LARGEST, 2L, 0L), List.of(1L, 7L, 0L, 0L), List.of(1L, 7L, 3L, 0L),
				List.of(1L, 7L, 1L, -1L), List.of(1L, 7L, 1L), List.of(1L, "7", 1L, 0L),
				Arrays.asList(1L, null, 1L, 0L), List.of(0L), List.of(0L, 5L), List.of(0L, -2L, "h:n#1"),
				List.of(0L, 5L, 5L), Arrays.asList(0L, 5L, null), List.of(true, 7L, 1L, 0L));
	}

	@ParameterizedTest
	@MethodSource("rogueAttempts")
	void rogueReplyIsNeverAGrant(List<?> reply) {
		assertThatExceptionOfType(BackendMisconfiguredException.class)
			.isThrownBy(() -> Replies.attempt(reply, KEY, "n#1", 2))
			.withMessageContaining("check what stands between");
	}

	@Test
	void rogueReplyIsNeitherARenewalNorARelease() {
		for (List<?> reply : List.<List<?>>of(List.of(), List.of("OK"), List.of(1L), List.of(1L, 5L, 0L, 0L),
				List.of(1L, 0L, 1L, 0L), List.of(1L, 5L, 2L, 0L))) {
			assertThatExceptionOfType(BackendMisconfiguredException.class).isThrownBy(() -> Replies.renewal(reply, 1));
		}
		assertThatExceptionOfType(BackendMisconfiguredException.class).isThrownBy(() -> Replies.release(List.of(2L)));
		assertThatExceptionOfType(BackendMisconfiguredException.class)
			.isThrownBy(() -> Replies.withdrawal(List.of(0L)));
	}

}
