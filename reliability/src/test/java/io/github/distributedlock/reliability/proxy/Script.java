package io.github.distributedlock.reliability.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node asks about a lock, as it passes through the network: a call of the store's
 * script answers one question a line, each with the names of its lock's records.
 */
public enum Script {

	/** Asks for a lock. */
	ACQUIRE("a"),

	/** Renews. */
	RENEW("ke"),

	/** Releases. */
	RELEASE("r");

	private static final int FIRST_KEY = 3;

	private final String letters;

	Script(String letters) {
		this.letters = letters;
	}

	/**
	 * Whether a request asks this about a lock.
	 */
	boolean isAskedBy(byte[] request, String record) {
		List<String> words = words(new String(request, StandardCharsets.ISO_8859_1));
		if (words.size() <= FIRST_KEY || !words.get(0).startsWith("EVAL")) {
			return false;
		}
		int key = FIRST_KEY;
		for (String question : words.get(words.size() - 1).split("\n")) {
			if (this.letters.indexOf(question.charAt(0)) >= 0 && words.get(key).endsWith(record)) {
				return true;
			}
			key += (question.startsWith("a ") || question.startsWith("e ")) ? 3 : 2;
		}
		return false;
	}

	private static List<String> words(String request) {
		List<String> words = new ArrayList<>();
		for (int at = request.indexOf('$'); at >= 0 && at < request.length();) {
			int end = request.indexOf("\r\n", at);
			int length = Integer.parseInt(request.substring(at + 1, end));
			words.add(request.substring(end + 2, end + 2 + length));
			at = end + 2 + length + 2;
		}
		return words;
	}

}
