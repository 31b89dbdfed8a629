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

	private static final int SETTINGS = 4;

	/** What those that are asked together have in common, their owners, and the rest. */
	private static final int OPENING = 3;

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
		int end = FIRST_KEY + Integer.parseInt(words.get(2));
		if (words.size() <= end + SETTINGS) {
			return false;
		}
		List<String> keys = words.subList(FIRST_KEY, end);
		List<String> questions = words.subList(end + SETTINGS, words.size());
		if (!questions.get(0).startsWith("t ")) {
			return isAsked(questions, keys, record);
		}
		String[] opening = questions.get(0).split(" ");
		int acquires = Integer.parseInt(opening[3]);
		int all = acquires + Integer.parseInt(opening[4]);
		List<String> locks = keys.subList(acquires, acquires + all);
		return (this == ACQUIRE && isAny(locks.subList(0, acquires), record))
				|| (this == RELEASE && isAny(locks.subList(acquires, all), record))
				|| isAsked(questions.subList(OPENING, questions.size()), keys.subList(acquires + 2 * all, keys.size()),
						record);
	}

	private static boolean isAny(List<String> locks, String record) {
		return locks.stream().anyMatch((lock) -> lock.endsWith(record));
	}

	private boolean isAsked(List<String> questions, List<String> keys, String record) {
		int key = 0;
		int kept = 0;
		for (String question : questions) {
			if (question.startsWith("m ")) {
				kept = Integer.parseInt(question.substring(question.lastIndexOf(' ') + 1));
				continue;
			}
			String letter = (kept-- > 0) ? "k" : question.substring(0, 1);
			if (this.letters.contains(letter) && keys.get(key).endsWith(record)) {
				return true;
			}
			key += (letter.equals("k")) ? 1 : (letter.equals("a") || letter.equals("e")) ? 3 : 2;
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
