package io.github.distributedlock.autoconfigure.redisson;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Says which connections others can listen to. Names are not looked up: whatever is not
 * plainly this machine is another one.
 */
final class ClearText {

	private static final Pattern THIS_MACHINE = Pattern
		.compile("(?i)(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

	private ClearText() {
	}

	/**
	 * Returns the servers on other machines that are connected to without TLS.
	 * @param connection the connection
	 * @return the servers as {@code host:port}, none if there is no reason to warn
	 */
	static List<String> servers(RedisConnection connection) {
		if (connection.tls() != null) {
			return List.of();
		}
		return connection.topology()
			.nodes()
			.stream()
			.filter((node) -> !THIS_MACHINE.matcher(node.host()).matches())
			.map((node) -> node.host() + ":" + node.port())
			.toList();
	}

}
