package io.github.distributedlock.autoconfigure.redisson;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The parts of {@code redis[s]://[[user]:password@]host[:port][/database]}.
 *
 * @param node where the server listens
 * @param tls whether the scheme is {@code rediss}
 * @param credentials the login
 * @param database the index of the database
 */
record RedisUrl(RedisNode node, boolean tls, RedisCredentials credentials, int database) {

	static RedisUrl parse(String url, String property) {
		try {
			URI uri = new URI(url);
			boolean tls = "rediss".equals(uri.getScheme());
			if (!StringUtils.hasText(uri.getHost()) || !(tls || "redis".equals(uri.getScheme()))) {
				throw malformed(property);
			}
			int port = (uri.getPort() > 0) ? uri.getPort() : RedisNode.DEFAULT_PORT;
			return new RedisUrl(new RedisNode(uri.getHost(), port), tls, credentials(uri.getRawUserInfo()),
					database(uri.getPath()));
		}
		catch (URISyntaxException | NumberFormatException ex) {
			throw malformed(property);
		}
	}

	/** Neither names the value nor keeps the cause: both may contain the password. */
	private static RedisSettingsException malformed(String property) {
		return new RedisSettingsException("The value of '" + property + "' is no Redis URL.",
				"Write redis://user:password@host:port/database, or rediss:// for TLS, "
						+ "with the special characters of user and password percent-encoded.");
	}

	private static RedisCredentials credentials(@Nullable String userInfo) {
		if (userInfo == null) {
			return new RedisCredentials(null, null);
		}
		int colon = userInfo.indexOf(':');
		return (colon < 0) ? new RedisCredentials(null, decode(userInfo))
				: new RedisCredentials(decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
	}

	private static String decode(String text) {
		return StringUtils.uriDecode(text, StandardCharsets.UTF_8);
	}

	private static int database(String path) {
		return (path.length() > 1) ? Integer.parseUnsignedInt(path.substring(1)) : 0;
	}

}
