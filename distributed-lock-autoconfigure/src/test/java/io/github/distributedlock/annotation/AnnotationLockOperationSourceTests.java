package io.github.distributedlock.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.interceptor.LockOperation;
import org.junit.jupiter.api.Test;

import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnnotationLockOperationSource}.
 */
class AnnotationLockOperationSourceTests {

	private final AnnotationLockOperationSource source = new AnnotationLockOperationSource(
			(text) -> text.replace("${orders.lease}", "45s"), () -> true);

	@Test
	void readsEveryAttribute() {
		LockOperation operation = read(Everything.class, "pay");
		assertThat(operation.name()).isEqualTo("orders");
		assertThat(operation.key()).isNotNull();
		assertThat(operation.key().text()).isEqualTo("#id");
		assertThat(operation.waitTime()).isEqualTo(Duration.ofMillis(1500));
		assertThat(operation.lease()).isEqualTo(Duration.ofSeconds(45));
		assertThat(operation.renew()).isFalse();
		assertThat(operation.contention().skips()).isTrue();
		assertThat(operation.onUnavailable()).isEqualTo(OutagePolicy.FAIL_OPEN);
		assertThat(operation.onLost()).isEqualTo(LossPolicy.INTERRUPT);
	}

	@Test
	void leavesToTheRegistryWhatIsNotSaid() {
		LockOperation operation = read(Plain.class, "work");
		assertThat(operation.name()).isEqualTo(Plain.class.getName() + ".work");
		assertThat(operation.key()).isNull();
		assertThat(operation.waitTime()).isNull();
		assertThat(operation.lease()).isNull();
		assertThat(operation.renew()).isTrue();
		assertThat(operation.onUnavailable()).isNull();
		assertThat(operation.onLost()).isNull();
	}

	@Test
	void namesALockWithAKeyAfterTheDeclaringClass() {
		assertThat(read(Plain.class, "ship").name()).isEqualTo(Plain.class.getName());
		assertThat(read(Plain.class, "cancel").name()).isEqualTo(Plain.class.getName());
	}

	@Test
	void skipTriesOnceUnlessAWaitTimeIsGiven() {
		assertThat(read(Plain.class, "skip").waitTime()).isEqualTo(Duration.ZERO);
	}

	@Test
	void readsAMetaAnnotationWithItsAliases() {
		LockOperation operation = read(Composed.class, "pay");
		assertThat(operation.name()).isEqualTo("orders");
		assertThat(operation.key().text()).isEqualTo("#p0");
	}

	@Test
	void keepsWhatItRead() {
		assertThat(read(Plain.class, "work")).isSameAs(read(Plain.class, "work"));
	}

	@Test
	void knowsNothingOfOtherClasses() {
		assertThat(this.source.getOperations(String.class)).isEmpty();
		assertThat(this.source.getOperations(Object.class)).isEmpty();
	}

	private LockOperation read(Class<?> type, String method) {
		return read(this.source, type, method);
	}

	static LockOperation read(AnnotationLockOperationSource source, Class<?> type, String method) {
		LockOperation found = source.getOperations(type)
			.stream()
			.filter((operation) -> operation.method().getName().equals(method))
			.findFirst()
			.orElseThrow();
		assertThat(source.getOperation(found.method(), type)).isSameAs(found);
		return found;
	}

	static class Everything {

		@DistributedLock(key = "#id", name = "orders", waitTime = "1500ms", lease = "${orders.lease}", renew = false,
				onContention = DistributedLock.OnContention.SKIP,
				onUnavailable = DistributedLock.OnUnavailable.FAIL_OPEN, onLost = DistributedLock.OnLost.INTERRUPT)
		public void pay(long id) {
		}

	}

	static class Plain {

		@DistributedLock
		public void work() {
		}

		@DistributedLock("#id")
		public void ship(String id) {
		}

		@DistributedLock(key = "#id")
		void cancel(String id) {
		}

		@DistributedLock(onContention = DistributedLock.OnContention.SKIP)
		public void skip() {
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@DistributedLock(name = "orders")
	@interface OrderLock {

		@AliasFor(annotation = DistributedLock.class, attribute = "key")
		String order();

	}

	static class Composed {

		@OrderLock(order = "#p0")
		public void pay(String id) {
		}

	}

}
