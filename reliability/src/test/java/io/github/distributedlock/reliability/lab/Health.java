package io.github.distributedlock.reliability.lab;

import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.test.redis.RedisProcess;

/**
 * What a server is like that no fault has touched and nobody locks at.
 */
final class Health {

	private static final List<String[]> SETTINGS = List.of(new String[] { "REPLICAOF", "NO", "ONE" },
			new String[] { "ACL", "SETUSER", "default", "+@all" }, new String[] { "CONFIG", "SET", "maxmemory", "0" },
			new String[] { "CONFIG", "SET", "maxmemory-policy", "noeviction" },
			new String[] { "CONFIG", "SET", "maxclients", "10000" });

	private Health() {
	}

	/** Has it run, whether it was stopped or killed. */
	static void revive(RedisProcess server) {
		if (server.isRunning()) {
			server.resume();
		}
		else {
			server.restart();
		}
	}

	/** Takes back what a fault may have set. */
	static void restore(RedisProcess server) {
		SETTINGS.forEach(server::command);
	}

	/** Returns the records of locks that are held or waited for. */
	static List<Object> remains(RedisProcess server) {
		List<Object> remains = new ArrayList<>();
		for (String kind : List.of("lock", "queue")) {
			if (server.command("KEYS", "dl:*:" + kind) instanceof List<?> names) {
				remains.addAll(names);
			}
		}
		return remains;
	}

}
