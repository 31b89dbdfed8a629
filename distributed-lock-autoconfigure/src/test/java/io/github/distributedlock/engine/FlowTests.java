package io.github.distributedlock.engine;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LossPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class FlowTests {

	private final Flow flow = new Flow();

	private final LocalLease lease = new Story().holds().lease();

	@Test
	void currentLeaseIsThatOfTheInnermostCall() {
		UnprotectedLease inner = new UnprotectedLease(LockKey.of("inner"));
		assertThat(this.flow.current()).isNull();
		run(this.lease, () -> {
			assertThat(this.flow.current()).isSameAs(this.lease);
			run(inner, () -> assertThat(this.flow.current()).isSameAs(inner));
			assertThat(this.flow.current()).isSameAs(this.lease);
		});
		assertThat(this.flow.current()).isNull();
	}

	@Test
	void leaseIsFoundByItsKeyAlone() {
		run(this.lease, () -> run(new UnprotectedLease(LockKey.of("inner")), () -> {
			assertThat(this.flow.find(Story.ORDER)).isSameAs(this.lease);
			assertThat(this.flow.find(LockKey.of("orders", 43))).isNull();
			assertThat(this.flow.find(LockKey.of("inner"))).isNull();
		}));
		assertThat(this.flow.find(Story.ORDER)).isNull();
	}

	@Test
	void otherThreadsSeeNothing() {
		run(this.lease,
				() -> assertThat(CompletableFuture.supplyAsync(() -> this.flow.find(Story.ORDER) == null).join())
					.isTrue());
	}

	@Test
	void frameIsLeftAndTheLeaseEndedWhenTheCallbackThrows() {
		assertThatIOException().isThrownBy(() -> this.flow.run(this.lease, LossPolicy.THROW, () -> {
			this.lease.release();
			return null;
		}, (held) -> {
			throw new IOException("its own");
		})).withMessage("its own").withNoCause();
		assertThat(this.flow.current()).isNull();
		assertThat(this.lease.isValid()).isFalse();
	}

	@Test
	void errorsPassUnchanged() {
		assertThatExceptionOfType(StackOverflowError.class)
			.isThrownBy(() -> this.flow.run(this.lease, LossPolicy.THROW, () -> null, (held) -> {
				throw new StackOverflowError();
			}));
		assertThat(this.flow.current()).isNull();
	}

	@Test
	void frameIsLeftBeforeTheLeaseEnds() {
		this.flow.run(this.lease, LossPolicy.THROW, () -> {
			assertThat(this.flow.current()).isNull();
			return null;
		}, (held) -> null);
	}

	private void run(Lease lease, Runnable work) {
		this.flow.run(lease, LossPolicy.THROW, () -> null, (held) -> {
			work.run();
			return null;
		});
	}

}
