package io.github.distributedlock.autoconfigure.redisson;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Who logs in to Redis. Empty text means nobody.
 *
 * @param username the user, the default user if {@code null}
 * @param password the password, no login if {@code null}
 */
record RedisCredentials(@Nullable String username, @Nullable String password) {

	RedisCredentials(@Nullable String username, @Nullable String password) {
		this.username = (StringUtils.hasLength(username)) ? username : null;
		this.password = (StringUtils.hasLength(password)) ? password : null;
	}

	@Override
	public String toString() {
		return "RedisCredentials[username=" + this.username + ", password="
				+ ((this.password != null) ? "******" : null) + "]";
	}

}
