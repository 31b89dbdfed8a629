package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.distributedlock.LockLostException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who hears of a loss, and where.
 */
class LossTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void listenersAreToldOnceOnThreadsOfTheirOwn() {
		Caller holder = this.story.holds();
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		AtomicInteger calls = new AtomicInteger();
		CountDownLatch together = new CountDownLatch(2);
		CompletableFuture<LockLostException> first = new CompletableFuture<>();
		CompletableFuture<LockLostException> second = new CompletableFuture<>();
		for (CompletableFuture<LockLostException> told : Set.of(first, second)) {
			holder.lease().onLost((loss) -> {
				threads.add(Thread.currentThread());
				calls.incrementAndGet();
				await(together);
				told.complete(loss);
			});
		}
		lose();
		assertThat(first).succeedsWithin(SOON);
		assertThat(second).succeedsWithin(SOON);
		holder.lease().lost("again").run();
		holder.lease().close();
		assertThat(calls).hasValue(2);
		assertThat(threads).hasSize(2).doesNotContain(Thread.currentThread());
	}

	private static void await(CountDownLatch together) {
		together.countDown();
		try {
			assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void listenerHearsTheFacts() {
		Caller holder = this.story.holds();
		CompletableFuture<LockLostException> told = new CompletableFuture<>();
		holder.lease().onLost(told::complete);
		lose();
		LockLostException loss = told.join();
		assertThat(loss.getKey()).isEqualTo(Story.ORDER);
		assertThat(loss.getHeld()).isEqualTo(Duration.ofSeconds(10));
		assertThat(loss.getFencingToken()).hasValue(holder.token());
		assertThat(loss).hasMessage(
				"Lock 'orders:42' was lost after 10000 ms: " + "its record in the store is gone, or another owner's");
	}

	@Test
	void listenerThatComesAfterTheLossIsToldAtOnce() {
		Caller holder = this.story.holds();
		lose();
		CompletableFuture<Thread> told = new CompletableFuture<>();
		holder.lease().onLost((loss) -> told.complete(Thread.currentThread()));
		assertThat(told).succeedsWithin(SOON).isNotEqualTo(Thread.currentThread());
	}

	@Test
	void listenerThatThrowsOrBlocksHurtsNobody() {
		Caller holder = this.story.holds();
		CountDownLatch forEver = new CountDownLatch(2);
		CompletableFuture<LockLostException> told = new CompletableFuture<>();
		holder.lease().onLost((loss) -> {
			throw new IllegalStateException("this listener fails");
		});
		holder.lease().onLost((loss) -> await(forEver));
		holder.lease().onLost(told::complete);
		lose();
		assertThat(told).succeedsWithin(SOON);
		forEver.countDown();
	}

	@Test
	void listenerIsNotToldOfARelease() {
		Caller holder = this.story.holds();
		CompletableFuture<LockLostException> told = new CompletableFuture<>();
		holder.lease().onLost(told::complete);
		holder.releases();
		this.store.release().released();
		this.story.pass(60_000);
		assertThat(told).isNotDone();
		assertThat(holder.lease().loss()).isNull();
	}

	@Test
	void listenerThatIsForgottenIsNotTold() {
		Caller holder = this.story.holds();
		CompletableFuture<LockLostException> forgotten = new CompletableFuture<>();
		CompletableFuture<LockLostException> told = new CompletableFuture<>();
		Consumer<LockLostException> listener = forgotten::complete;
		holder.lease().onLost(listener);
		holder.lease().onLost(told::complete);
		holder.lease().forget(listener);
		lose();
		assertThat(told).succeedsWithin(SOON);
		assertThat(forgotten).isNotDone();
	}

	@Test
	void ensureValidThrowsTheLossWithTheStackOfTheQuestion() {
		Caller holder = this.story.holds();
		holder.lease().ensureValid();
		lose();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> holder.lease().ensureValid())
			.havingCause()
			.isEqualTo(holder.lease().loss());
	}

	private void lose() {
		this.story.pass(10_000);
		this.store.renewal().lost();
	}

}
