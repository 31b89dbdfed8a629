package io.github.distributedlock.annotation;

import java.util.Optional;
import java.util.OptionalInt;

import io.github.distributedlock.interceptor.LockOperation;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for what {@link AnnotationLockOperationSource} makes of the results of methods
 * that are skipped.
 */
class SkippedResultTests {

	private final AnnotationLockOperationSource source = new AnnotationLockOperationSource((text) -> text, () -> true);

	@Test
	void refusesSkipWithAPrimitiveResult() {
		Refused refused = Refused.by(this.source, new Object() {
			@DistributedLock(onContention = DistributedLock.OnContention.SKIP)
			public int run() {
				return 1;
			}
		});
		refused.has("onContention", "SKIP", "returns a primitive int");
		refused.suggests("Optional");
	}

	@Test
	void refusesSkipWithAResultThatIsNeverNull() {
		Refused refused = Refused.by(this.source, new Object() {
			@DistributedLock(onContention = DistributedLock.OnContention.SKIP)
			public @NonNull String run() {
				return "";
			}
		});
		refused.has("onContention", "SKIP", "String is marked non-null");
		refused.suggests("@Nullable");
	}

	@Test
	void acceptsSkipWithAResultThatIsNeverNullButMayBeEmpty() {
		assertThat(this.source.getOperations(new Object() {
			@DistributedLock(onContention = DistributedLock.OnContention.SKIP)
			public @NonNull Optional<String> run() {
				return Optional.of("");
			}
		}.getClass())).hasSize(1);
	}

	@Test
	void resultIsNullUnlessItsTypeHasAnEmptyValue() {
		assertThat(this.source.getOperations(Results.class))
			.extracting((operation) -> operation.method().getName(), (operation) -> operation.contention().result())
			.containsExactlyInAnyOrder(tuple("text", null), tuple("number", OptionalInt.empty()),
					tuple("nothing", null));
	}

	@Test
	void resultOfAGenericTypeThatIsOptionalIsEmpty() {
		assertThat(this.source.getOperations(Found.class)).singleElement()
			.extracting(LockOperation::contention)
			.extracting("result")
			.isEqualTo(Optional.empty());
	}

	static class Results {

		@DistributedLock(onContention = DistributedLock.OnContention.SKIP)
		public @Nullable String text() {
			return "";
		}

		@DistributedLock(onContention = DistributedLock.OnContention.SKIP)
		public OptionalInt number() {
			return OptionalInt.of(1);
		}

		@DistributedLock(onContention = DistributedLock.OnContention.SKIP)
		public void nothing() {
		}

	}

	abstract static class Finder<T> {

		@DistributedLock(onContention = DistributedLock.OnContention.SKIP)
		public T find() {
			throw new IllegalStateException("not skipped");
		}

	}

	static class Found extends Finder<Optional<String>> {

	}

}
