package io.github.distributedlock.autoconfigure.redisson;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisUrlTests {

	@Test
	void urlWithAllPartsIsRead() {
		RedisUrl url = RedisUrl.parse("rediss://alice:p%40ss%3Aword@redis-1:6390/3", "url");
		assertThat(url.node()).isEqualTo(new RedisNode("redis-1", 6390));
		assertThat(url.tls()).isTrue();
		assertThat(url.credentials()).isEqualTo(new RedisCredentials("alice", "p@ss:word"));
		assertThat(url.database()).isEqualTo(3);
	}

	@Test
	void urlOfHostAloneHasDefaults() {
		RedisUrl url = RedisUrl.parse("redis://redis-1", "url");
		assertThat(url.node()).isEqualTo(new RedisNode("redis-1", 6379));
		assertThat(url.tls()).isFalse();
		assertThat(url.credentials()).isEqualTo(new RedisCredentials(null, null));
		assertThat(url.database()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://secret@host", "redis://:secret@host" })
	void userInfoWithoutUserIsThePassword(String url) {
		assertThat(RedisUrl.parse(url, "url").credentials()).isEqualTo(new RedisCredentials(null, "secret"));
	}

	@Test
	void addressOfVersionSixIsKept() {
		assertThat(RedisUrl.parse("redis://[::1]:6390", "url").node().address(false)).isEqualTo("redis://[::1]:6390");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://user:secret@host", "user:secret@host:6379", "redis://user:secret@",
			"redis:// secret", "redis://user:secret@host/first" })
	void malformedUrlIsRefusedWithoutItsPassword(String url) {
		assertThatExceptionOfType(RedisSettingsException.class)
			.isThrownBy(() -> RedisUrl.parse(url, "distributed-lock.redis.url"))
			.withMessageContaining("'distributed-lock.redis.url'")
			.withMessageNotContaining("secret")
			.withNoCause();
	}

	@Test
	void credentialsHideThePassword() {
		assertThat(new RedisCredentials("alice", "secret")).asString().contains("alice").doesNotContain("secret");
	}

}
