package io.github.distributedlock.autoconfigure.redisson;

/**
 * The login at servers behind Sentinel.
 */
final class SentinelCredentials {

	private SentinelCredentials() {
	}

	/**
	 * Redisson logs in at the sentinels only if it logs in at the servers. A server whose
	 * default user needs no password accepts any.
	 * @param servers the login at the servers
	 * @param sentinels the login at the sentinels
	 * @return the login at the servers that lets Redisson log in at the sentinels, too
	 */
	static RedisCredentials ofServers(RedisCredentials servers, RedisCredentials sentinels) {
		boolean open = servers.password() == null && sentinels.password() != null;
		return (open) ? new RedisCredentials("default", "none") : servers;
	}

}
