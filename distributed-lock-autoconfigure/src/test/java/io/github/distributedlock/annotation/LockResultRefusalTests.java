package io.github.distributedlock.annotation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import kotlin.Metadata;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tests for the results that {@link AnnotationLockOperationSource} refuses: those of work
 * that goes on after the method has returned.
 */
class LockResultRefusalTests {

	private final AnnotationLockOperationSource source = new AnnotationLockOperationSource((text) -> text, () -> true);

	@Test
	void refusesAFuture() {
		Refused refused = refuse(new Object() {
			@DistributedLock
			public Future<String> run() {
				return CompletableFuture.completedFuture("");
			}
		});
		refused.has(null, null, "it returns a Future");
		refused.suggests("For @Async, return void");
		refuse(new Object() {
			@DistributedLock
			public CompletableFuture<String> run() {
				return CompletableFuture.completedFuture("");
			}
		}).has(null, null, "it returns a CompletableFuture");
	}

	@Test
	void refusesAReactiveType() {
		Refused refused = refuse(new Object() {
			@DistributedLock
			public Mono<String> run() {
				return Mono.empty();
			}
		});
		refused.has(null, null, "it returns a Mono");
		refused.suggests("blocking method");
		refuse(new Object() {
			@DistributedLock
			public Flux<String> run() {
				return Flux.empty();
			}
		}).has(null, null, "it returns a Flux");
	}

	@Test
	void refusesACompletionStage() {
		refuse(new Object() {
			@DistributedLock
			public CompletionStage<String> run() {
				return CompletableFuture.completedFuture("");
			}
		}).has(null, null, "it returns a CompletionStage");
	}

	@Test
	void refusesAPublisher() {
		refuse(new Object() {
			@DistributedLock
			public Publisher<String> run() {
				return Mono.empty();
			}
		}).has(null, null, "it returns a Publisher");
		refuse(new Object() {
			@DistributedLock
			public Flow.Publisher<String> run() {
				return (subscriber) -> {
				};
			}
		}).has(null, null, "it returns a Publisher");
	}

	@Test
	void refusesASuspendingFunction() {
		Refused refused = refuse(Suspending.class);
		refused.has(null, null, "it is a suspending function");
		refused.suggests("a function that does not suspend");
	}

	private Refused refuse(Object bean) {
		return Refused.by(this.source, bean);
	}

	/**
	 * What Kotlin makes of {@code suspend fun run(): String}.
	 */
	@Metadata
	static class Suspending {

		@DistributedLock
		public Object run(Continuation<? super String> continuation) {
			return "";
		}

	}

}
