package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.LockLostException;
import io.github.distributedlock.engine.ScriptedRequest.ReleaseRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How leases end for callers who do not wait for the store.
 */
@ExtendWith(OutputCaptureExtension.class)
class AsyncReleaseTests {

	private final Story story = new Story(true, ReleaseMode.ASYNC);

	private final ScriptedStore store = this.story.store();

	@Test
	void endOfALeaseDoesNotWaitForTheStore() {
		Caller holder = this.story.holds();
		assertThat(holder.lease().end()).isNull();
		assertThat(holder.lease().isValid()).isFalse();
		this.store.release().released();
		this.story.assertOver();
	}

	@Test
	void nextCallerIsChainedBehindTheRelease() {
		Caller holder = this.story.holds();
		holder.lease().end();
		ReleaseRequest release = this.store.release();
		Caller next = this.story.arrives();
		this.store.assertQuiet();
		release.released();
		this.store.acquire().grant();
		assertThat(next.holds()).isTrue();
	}

	@Test
	void lossThatTheReleaseRevealsIsToldToListenersAndTheLog(CapturedOutput output) {
		Caller holder = this.story.holds();
		CompletableFuture<LockLostException> told = new CompletableFuture<>();
		holder.lease().onLost(told::complete);
		assertThat(holder.lease().end()).isNull();
		this.store.release().notHeld();
		assertThat(told.join()).hasMessageContaining("no longer had its record");
		assertThat(output).contains("WARN").contains("no longer had its record");
	}

	@Test
	void releaseThatIsNotAnsweredIsRepeatedInTheBackground() {
		Caller holder = this.story.holds();
		holder.lease().end();
		ReleaseRequest silent = this.store.release();
		this.story.pass(1000);
		ReleaseRequest again = this.store.release();
		assertThat(again.owner).isEqualTo(silent.owner);
		again.released();
		this.story.assertOver();
	}

}
