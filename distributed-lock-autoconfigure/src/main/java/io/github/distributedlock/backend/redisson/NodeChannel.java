package io.github.distributedlock.backend.redisson;

import java.util.function.Consumer;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.WakeUpListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of this node's channel: {@code g<tag>} and {@code c<tag> <owner>}.
 * Whatever is not one of them is ignored.
 */
final class NodeChannel {

	private final RecordNames names;

	private final Consumer<String> stray;

	private volatile @Nullable WakeUpListener listener;

	/**
	 * Creates the reader.
	 * @param names decodes tags
	 * @param stray receives what says "your turn" for a tag that cannot be decoded
	 */
	NodeChannel(RecordNames names, Consumer<String> stray) {
		this.names = names;
		this.stray = stray;
	}

	void listener(WakeUpListener listener) {
		this.listener = listener;
	}

	void received(String message) {
		WakeUpListener current = this.listener;
		if (current == null || message.length() < 2) {
			return;
		}
		String rest = message.substring(1);
		int space = rest.indexOf(' ');
		if (message.charAt(0) == 'g' && space < 0) {
			yourTurn(current, rest);
		}
		else if (message.charAt(0) == 'c' && space > 0 && space < rest.length() - 1) {
			LockKey key = this.names.key(rest.substring(0, space));
			if (key != null) {
				current.wanted(key, rest.substring(space + 1));
			}
		}
	}

	private void yourTurn(WakeUpListener current, String tag) {
		LockKey key = this.names.key(tag);
		if (key != null) {
			current.yourTurn(key);
		}
		else if (RecordNames.isTag(tag)) {
			this.stray.accept(tag);
		}
	}

}
