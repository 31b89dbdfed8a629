package io.github.distributedlock.autoconfigure.redisson;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Redis server listens.
 *
 * @param host the name or address
 * @param port the port
 */
record RedisNode(String host, int port) {

	static final int DEFAULT_PORT = 6379;

	private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]\\s]+]|[^:/\\s]+)(?::(\\d{1,5}))?");

	private static final Pattern NO_HOST = Pattern.compile("[/@\\s]");

	private static final Pattern LOGIN = Pattern.compile("\\S*@");

	/** Does not name the value: what is no host is often a URL with a password. */
	RedisNode {
		if (NO_HOST.matcher(host).find()) {
			throw new RedisSettingsException("The host of a Redis server contains '/', '@' or white space.",
					"Write its name or address alone. A login belongs into 'username' and 'password',"
							+ " and a URL into 'url'.");
		}
	}

	static List<RedisNode> parse(List<String> nodes, String property) {
		if (nodes.isEmpty()) {
			throw new RedisSettingsException("'" + property + "' is empty.",
					"List the servers as host:port, such as redis-1:6379,redis-2:6379.");
		}
		return nodes.stream().map((node) -> parse(node, property)).toList();
	}

	private static RedisNode parse(String node, String property) {
		Matcher matcher = HOST_AND_PORT.matcher(node.trim());
		if (!matcher.matches()) {
			throw new RedisSettingsException("'" + property + "' contains '" + LOGIN.matcher(node).replaceAll("******@")
					+ "', which is no Redis server.", "Write each server as host:port, such as redis-1:6379.");
		}
		String port = matcher.group(2);
		return new RedisNode(matcher.group(1), (port != null) ? Integer.parseInt(port) : DEFAULT_PORT);
	}

	String address(boolean tls) {
		String name = (this.host.indexOf(':') >= 0 && !this.host.startsWith("[")) ? "[" + this.host + "]" : this.host;
		return ((tls) ? "rediss://" : "redis://") + name + ":" + ((this.port > 0) ? this.port : DEFAULT_PORT);
	}

}
