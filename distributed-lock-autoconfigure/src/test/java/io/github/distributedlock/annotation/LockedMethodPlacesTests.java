package io.github.distributedlock.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;

import io.github.distributedlock.annotation.AnnotationLockOperationSourceTests.Plain;
import io.github.distributedlock.interceptor.LockOperation;
import jakarta.annotation.PostConstruct;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Where {@link AnnotationLockOperationSource} finds the annotation of a method: at
 * interfaces, superclasses, classes, and behind bridges.
 */
class LockedMethodPlacesTests {

	private final AnnotationLockOperationSource source = new AnnotationLockOperationSource((text) -> text, () -> true);

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

	private LockOperation read(Class<?> type, String method) {
		return AnnotationLockOperationSourceTests.read(this.source, type, method);
	}

	static class Overriding extends Plain {

		@Override
		public void work() {
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
