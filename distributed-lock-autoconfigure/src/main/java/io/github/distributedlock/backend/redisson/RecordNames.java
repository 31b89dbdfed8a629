package io.github.distributedlock.backend.redisson;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.distributedlock.LockKey;
import org.jspecify.annotations.Nullable;

/**
 * The names of a lock's records: {@code <namespace>:{<tag>}:lock|fence|queue}. The tag is
 * the encoded name, with a colon and the encoded key if there is one, so that different
 * locks never share a record and the records of one lock always share a cluster slot.
 */
final class RecordNames {

	private static final int LONGEST_TAG = 200;

	private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._~$#@/+=,:%-]+");

	private static final int REMEMBERED_TAGS = 1000;

	/**
	 * Keys come from callers and may be long.
	 */
	private static final int REMEMBERED_CHARACTERS = 1 << 21;

	private final String namespace;

	/**
	 * Shortened tags cannot be read back, so the latest are remembered.
	 */
	private final Map<String, LockKey> shortened = new LinkedHashMap<>(16, 0.75f, true);

	private long rememberedCharacters;

	RecordNames(String namespace) {
		this.namespace = PlainText.shorten(PlainText.encode(namespace), LONGEST_TAG);
	}

	String channel(String node) {
		return this.namespace + ":node:" + node;
	}

	String tag(LockKey key) {
		String name = PlainText.encode(key.name());
		String full = (key.key() != null) ? name + ":" + PlainText.encode(key.key()) : name;
		String tag = PlainText.shorten(full, LONGEST_TAG);
		if (!tag.equals(full)) {
			remember(tag, key);
		}
		return tag;
	}

	private synchronized void remember(String tag, LockKey key) {
		if (this.shortened.put(tag, key) == null) {
			this.rememberedCharacters += length(key);
		}
		Iterator<LockKey> oldest = this.shortened.values().iterator();
		while (this.shortened.size() > REMEMBERED_TAGS || this.rememberedCharacters > REMEMBERED_CHARACTERS) {
			this.rememberedCharacters -= length(oldest.next());
			oldest.remove();
		}
	}

	private static int length(LockKey key) {
		return key.name().length() + ((key.key() != null) ? key.key().length() : 0);
	}

	private synchronized @Nullable LockKey remembered(String tag) {
		return this.shortened.get(tag);
	}

	/**
	 * Returns the lock of a tag.
	 * @param tag the tag
	 * @return the lock, or {@code null} if it is not known or the tag is none
	 */
	@Nullable LockKey key(String tag) {
		LockKey remembered = remembered(tag);
		if (remembered != null) {
			return remembered;
		}
		int colon = tag.indexOf(':');
		String name = PlainText.decode((colon < 0) ? tag : tag.substring(0, colon));
		String key = (colon < 0) ? null : PlainText.decode(tag.substring(colon + 1));
		boolean missing = colon >= 0 && (key == null || key.isEmpty());
		return (name == null || name.isBlank() || missing) ? null : new LockKey(name, key);
	}

	/**
	 * Returns whether a text may be a tag, of this or another node's lock.
	 * @param text the text
	 * @return whether it is short enough and has only characters that tags have
	 */
	static boolean isTag(String text) {
		return text.length() <= LONGEST_TAG && TAG.matcher(text).matches();
	}

	List<String> lockFenceQueue(String tag) {
		return List.of(record(tag, "lock"), record(tag, "fence"), record(tag, "queue"));
	}

	List<String> lockQueue(String tag) {
		return List.of(record(tag, "lock"), record(tag, "queue"));
	}

	List<String> lock(String tag) {
		return List.of(record(tag, "lock"));
	}

	private String record(String tag, String kind) {
		return this.namespace + ":{" + tag + "}:" + kind;
	}

}
