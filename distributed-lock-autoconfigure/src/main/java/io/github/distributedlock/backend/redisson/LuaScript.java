package io.github.distributedlock.backend.redisson;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The script that does everything: it answers any number of questions.
 */
final class LuaScript {

	static final String TEXT;

	static final String SHA1;

	static {
		StringBuilder joined = new StringBuilder();
		for (String part : List.of("context", "join", "pass", "acquire", "release", "alone", "together", "renew",
				"keep", "withdraw", "answer")) {
			joined.append(read(part + ".lua"));
		}
		TEXT = joined.toString();
		SHA1 = digest(TEXT);
	}

	private LuaScript() {
	}

	static String read(String resource) {
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
			MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
			return HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
