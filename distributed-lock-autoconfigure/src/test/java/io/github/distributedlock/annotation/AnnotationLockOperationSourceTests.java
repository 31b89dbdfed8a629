package io.github.distributedlock.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;

import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.interceptor.LockOperation;
import jakarta.annotation.PostConstruct;
import org.junit.jupiter.api.Test;

import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

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
	void readsTheMethodOfAnInterface() {
		LockOperation operation = read(Implementation.class, "pay");
		assertThat(operation.name()).isEqualTo(Contract.class.getName());
		assertThat(operation.key().positions()).containsOnly(entry("orderId", 0), entry("number", 0), entry("p0", 0),
				entry("a0", 0));
	}

	@Test
	void readsADefaultMethodOfAnInterface() {
		assertThat(read(Implementation.class, "audit").name()).isEqualTo(Contract.class.getName() + ".audit");
	}

	@Test
	void readsTheOverriddenMethodOfASuperclass() {
		assertThat(read(Overriding.class, "work").name()).isEqualTo(Plain.class.getName() + ".work");
	}

	@Test
	void readsAnInterfaceMethodThatASuperclassHappensToImplement() {
		assertThat(read(Inheriting.class, "pay").name()).isEqualTo(Contract.class.getName());
	}

	@Test
	void readsTheMethodBehindABridge() {
		Method bridge = Arrays.stream(Handler.class.getDeclaredMethods()).filter(Method::isBridge).findFirst().get();
		LockOperation operation = this.source.getOperation(bridge, Handler.class);
		assertThat(operation).isNotNull();
		assertThat(operation.method().isBridge()).isFalse();
		assertThat(this.source.getOperations(Handler.class)).hasSize(1);
	}

	@Test
	void readsAGenericInterfaceMethod() {
		assertThat(this.source.getOperations(GenericImplementation.class)).singleElement()
			.extracting(LockOperation::name)
			.isEqualTo(GenericContract.class.getName());
	}

	@Test
	void classLevelMeansEachPublicMethod() {
		assertThat(this.source.getOperations(ClassLevel.class)).extracting((operation) -> operation.method().getName())
			.containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void methodWinsOverClass() {
		assertThat(read(ClassLevel.class, "two").name()).isEqualTo("two");
		assertThat(read(ClassLevel.class, "one").name()).isEqualTo("all");
	}

	@Test
	void readsTheClassLevelOfASuperclass() {
		assertThat(read(ClassLevelChild.class, "three").name()).isEqualTo("all");
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
		LockOperation found = this.source.getOperations(type)
			.stream()
			.filter((operation) -> operation.method().getName().equals(method))
			.findFirst()
			.orElseThrow();
		assertThat(this.source.getOperation(found.method(), type)).isSameAs(found);
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

	static class Overriding extends Plain {

		@Override
		public void work() {
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

	interface Contract {

		@DistributedLock("#orderId")
		void pay(String orderId);

		@DistributedLock
		default void audit() {
		}

	}

	static class Implementation implements Contract {

		@Override
		public void pay(String number) {
		}

	}

	static class Payer {

		public void pay(String number) {
		}

	}

	static class Inheriting extends Payer implements Contract {

	}

	interface GenericContract<T> {

		@DistributedLock("#p0")
		void handle(T value);

	}

	static class GenericImplementation implements GenericContract<String> {

		@Override
		public void handle(String value) {
		}

	}

	interface Handles<T> {

		void handle(T value);

	}

	static class Handler implements Handles<String> {

		@Override
		@DistributedLock("#value")
		public void handle(String value) {
		}

	}

	@DistributedLock(name = "all")
	static class ClassLevel {

		public void one() {
		}

		@DistributedLock(name = "two")
		public void two() {
		}

		void hidden() {
		}

		public static void utility() {
		}

		@PostConstruct
		public void initialize() {
		}

		@Override
		public String toString() {
			return "text";
		}

	}

	static class ClassLevelChild extends ClassLevel {

		public void three() {
		}

	}

}
