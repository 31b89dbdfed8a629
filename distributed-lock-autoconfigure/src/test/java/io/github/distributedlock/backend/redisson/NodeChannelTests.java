package io.github.distributedlock.backend.redisson;

import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.WakeUpListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeChannelTests {

	private final List<String> heard = new ArrayList<>();

	private final List<String> stray = new ArrayList<>();

	private final RecordNames names = new RecordNames("dl");

	private final NodeChannel channel = new NodeChannel(this.names, this.stray::add);

	@Test
	void hintsAreRead() {
		listen();
		this.channel.received("gorders:42");
		this.channel.received("corders n#1");
		assertThat(this.heard).containsExactly("turn " + LockKey.of("orders", 42), "wanted orders by n#1");
	}

	@Test
	void malformedMessagesAreIgnored() {
		listen();
		for (String message : new String[] { "", "g", "c", "x", "corders", "corders ", "c n#1", "gorders n#1", "g{a}",
				"g:", "xorders", "g\u0000", "ca:b:c n#1" }) {
			this.channel.received(message);
		}
		assertThat(this.heard).isEmpty();
		assertThat(this.stray).containsExactly(":");
	}

	@Test
	void turnOfALockThatCannotBeReadIsReported() {
		listen();
		String tag = new RecordNames("dl").tag(LockKey.of("x".repeat(300)));
		this.channel.received("g" + tag);
		this.channel.received("c" + tag + " n#1");
		assertThat(this.heard).isEmpty();
		assertThat(this.stray).containsExactly(tag);
	}

	@Test
	void hintsBeforeThereIsAListenerAreDropped() {
		this.channel.received("gorders");
		assertThat(this.heard).isEmpty();
	}

	private void listen() {
		this.channel.listener(new WakeUpListener() {

			@Override
			public void yourTurn(LockKey key) {
				NodeChannelTests.this.heard.add("turn " + key);
			}

			@Override
			public void wanted(LockKey key, String owner) {
				NodeChannelTests.this.heard.add("wanted " + key + " by " + owner);
			}

		});
	}

}
