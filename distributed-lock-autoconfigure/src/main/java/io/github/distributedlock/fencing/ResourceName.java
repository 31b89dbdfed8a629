package io.github.distributedlock.fencing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.distributedlock.LockKey;

/**
 * Names of resources as they stand in a table: different for different locks, and short
 * enough for every database to index.
 */
final class ResourceName {

	static final int LONGEST = 255;

	private static final int KEPT = LONGEST - 1 - 64;

	private ResourceName() {
	}

	static String of(LockKey key) {
		String name = key.name().replace("\\", "\\\\").replace(":", "\\:");
		return (key.key() != null) ? name + ":" + key.key() : name;
	}

	/**
	 * Returns a name as it is stored: a long one ends with its digest.
	 */
	static String stored(String resource) {
		if (resource.length() <= LONGEST) {
			return resource;
		}
		int end = Character.isHighSurrogate(resource.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
		return resource.substring(0, end) + "#" + digest(resource);
	}

	private static String digest(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
