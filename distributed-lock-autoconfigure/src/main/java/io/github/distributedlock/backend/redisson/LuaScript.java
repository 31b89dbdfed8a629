package io.github.distributedlock.backend.redisson;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The scripts. Each touches one lock only.
 */
enum LuaScript {

	ACQUIRE("join", "acquire"), RENEW("renew"), RELEASE("join", "pass", "release"),
	WITHDRAW("join", "pass", "withdraw");

	private final String text;

	private final String sha1;

	LuaScript(String... parts) {
		StringBuilder joined = new StringBuilder();
		for (String part : parts) {
			joined.append(read(part + ".lua"));
		}
		this.text = joined.toString();
		this.sha1 = digest(this.text);
	}

	String text() {
		return this.text;
	}

	String sha1() {
		return this.sha1;
	}

	private static String read(String resource) {
		try (InputStream input = LuaScript.class.getResourceAsStream(resource)) {
			if (input == null) {
				throw new IllegalStateException(resource + " is missing beside " + LuaScript.class.getName());
			}
			return new String(input.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String digest(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-1");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
