package io.github.distributedlock.annotation;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.distributedlock.interceptor.InvalidLockDeclarationException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.NonNull;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the declarations that {@link AnnotationLockOperationSource} refuses.
 */
class LockRefusalTests {

	private final AnnotationLockOperationSource source = new AnnotationLockOperationSource((text) -> {
		if (text.contains("missing")) {
			throw new IllegalArgumentException("Could not resolve placeholder 'missing'");
		}
		return text;
	}, () -> true);

	@Test
	void refusesAnExpressionThatDoesNotParse() {
		Refused refused = refuse(new Object() {
			@DistributedLock("order:42")
			public void run(long id) {
			}
		});
		refused.has("key", "order:42", "it is not an expression");
		refused.suggests("\"'order:42'\"");
	}

	@Test
	void refusesABareWord() {
		Refused refused = refuse(new Object() {
			@DistributedLock("nightly-report")
			public void run(long id) {
			}
		});
		refused.has("key", "nightly-report", "'nightly' is a bare word");
		refused.suggests("name = \"nightly-report\"", "\"'nightly-report'\"");
	}

	@Test
	void refusesABareWordThatTheRootHas() {
		Refused refused = refuse(new Object() {
			@DistributedLock("method")
			public void run(long id) {
			}
		});
		refused.has("key", "method", "'method' is a bare word");
		refused.suggests("name = \"method\"", "#root.method");
	}

	@Test
	void refusesABareWordThatIsAParameter() {
		Refused refused = refuse(new Object() {
			@DistributedLock("id")
			public void run(long id) {
			}
		});
		refused.has("key", "id", "'id' is a bare word, not the parameter");
		refused.suggests("Write #id.");
	}

	@Test
	void refusesABareWordAsArgument() {
		refuse(new Object() {
			@DistributedLock("#id.concat(suffix)")
			public void run(String id) {
			}
		}).has("key", "#id.concat(suffix)", "'suffix' is a bare word");
	}

	@Test
	void refusesACallOnNothing() {
		Refused refused = refuse(new Object() {
			@DistributedLock("tenant()")
			public void run(String id) {
			}
		});
		refused.has("key", "tenant()", "there is nothing to call tenant() on");
		refused.suggests("#root.target.tenant(");
	}

	@Test
	void refusesAVariableThatNoParameterProvides() {
		Refused refused = refuse(new Object() {
			@DistributedLock("#ordr.id")
			public void run(String order) {
			}
		});
		refused.has("key", "#ordr.id", "there is no variable #ordr.");
		refused.suggests("#order", "#p0", "#root.target");
	}

	@Test
	void refusesAVariableDeepInsideAnExpression() {
		refuse(new Object() {
			@DistributedLock("#order != null ? #order.concat('-' + {1, #x}.?[#this > #y].toString()) : 'none'")
			public void run(String order) {
			}
		}).has("key", null, "there is no variable #x.");
	}

	@Test
	void refusesAnIndexThatNoParameterHas() {
		refuse(new Object() {
			@DistributedLock("#p1")
			public void run(String order) {
			}
		}).has("key", "#p1", "there is no variable #p1.");
	}

	@Test
	void refusesAFunction() {
		refuse(new Object() {
			@DistributedLock("#hash(#order)")
			public void run(String order) {
			}
		}).has("key", "#hash(#order)", "there is no function");
	}

	@Test
	void acceptsWhatCacheableAccepts() {
		assertThat(this.source.getOperations(Accepted.class)).hasSize(Accepted.class.getDeclaredMethods().length);
	}

	@Test
	void refusesNamesThatWereNotCompiledIn() throws Exception {
		Class<?> type = CompiledWithoutParameters.compile("""
				public class Nameless {
					@io.github.distributedlock.annotation.DistributedLock("#order")
					public void run(String order) {
					}
				}
				""", "Nameless");
		Refused refused = refuse(type);
		refused.has("key", "#order", "the names of the parameters are not in the class file");
		refused.suggests("-parameters", "#p0");
	}

	@Test
	void refusesACollectionAsKey() {
		Refused refused = refuse(new Object() {
			@DistributedLock("#ids")
			public void run(List<String> ids) {
			}
		});
		refused.has("key", "#ids", "a List is not one lock");
		refused.suggests("lock each element");
	}

	@Test
	void refusesAListOfValuesAsKey() {
		refuse(new Object() {
			@DistributedLock("{#a, #b}")
			public void run(String a, String b) {
			}
		}).has("key", "{#a, #b}", "a collection is not one lock");
	}

	@Test
	void refusesAnArrayAsKey() {
		refuse(new Object() {
			@DistributedLock("#p0")
			public void run(String... ids) {
			}
		}).has("key", "#p0", "a String[] is not one lock");
	}

	@Test
	void refusesAParameterWhoseTextDoesNotIdentifyIt() {
		Refused refused = refuse(new Object() {
			@DistributedLock("#day")
			public void run(Date day) {
			}
		});
		refused.has("key", "#day", "the text of a java.util.Date does not identify it");
		refused.suggests("#day.id");
		refuse(new Object() {
			@DistributedLock("#amount")
			public void run(double amount) {
			}
		}).has("key", "#amount", "the text of a double does not identify it");
	}

	@Test
	void refusesABareNumberAsDuration() {
		Refused refused = refuse(new Object() {
			@DistributedLock(lease = "30")
			public void run() {
			}
		});
		refused.has("lease", "30", "it has no unit");
		refused.suggests("30s for seconds", "30ms for milliseconds");
	}

	@Test
	void refusesWhatIsNoDuration() {
		Refused refused = refuse(new Object() {
			@DistributedLock(waitTime = "soon")
			public void run() {
			}
		});
		refused.has("waitTime", "soon", "it is not a duration");
		refused.suggests("30s", "PT30S");
	}

	@Test
	void refusesALeaseThatIsTooShort() {
		Refused refused = refuse(new Object() {
			@DistributedLock(lease = "499ms")
			public void run() {
			}
		});
		refused.has("lease", "499ms", "too short");
		refused.suggests("500ms");
	}

	@Test
	void refusesANegativeWaitTime() {
		Refused refused = refuse(new Object() {
			@DistributedLock(waitTime = "-1s")
			public void run() {
			}
		});
		refused.has("waitTime", "-1s", "it is negative");
		refused.suggests("0s");
	}

	@Test
	void refusesAPlaceholderWithoutValue() {
		Refused refused = refuse(new Object() {
			@DistributedLock(lease = "${missing}")
			public void run() {
			}
		});
		refused.has("lease", "${missing}", "its placeholder has no value");
		refused.suggests("${property:value}");
		refuse(new Object() {
			@DistributedLock(name = "${left.alone}")
			public void run() {
			}
		}).has("name", "${left.alone}", "its placeholder has no value");
	}

	@Test
	void refusesSkipWithAPrimitiveResult() {
		Refused refused = refuse(new Object() {
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
		Refused refused = refuse(new Object() {
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
	void refusesAPrivateMethod() {
		Refused refused = refuse(Private.class);
		refused.has(null, null, "it is private");
		refused.suggests("Make it public");
	}

	@Test
	void refusesAStaticMethod() {
		Refused refused = refuse(Static.class);
		refused.has(null, null, "it is static");
		refused.suggests("LockRegistry.execute");
	}

	@Test
	void refusesAFinalMethod() {
		Refused refused = refuse(new Object() {
			@DistributedLock
			public final void run() {
			}
		});
		refused.has(null, null, "it is final");
		refused.suggests("Remove 'final'");
	}

	@Test
	void refusesAFinalMethodOfALockedClass() {
		refuse(FinalInLockedClass.class).has(null, null, "it is final");
	}

	@Test
	void refusesAFinalClass() {
		Refused refused = refuse(FinalClass.class);
		refused.has(null, null, "is final, and locking it needs a subclass");
		refused.suggests("Remove 'final' from the class");
	}

	@Test
	void acceptsAFinalClassBehindItsInterface() {
		AnnotationLockOperationSource interfaces = new AnnotationLockOperationSource((text) -> text, () -> false);
		assertThat(interfaces.getOperations(FinalRunnable.class)).hasSize(1);
		assertThatExceptionOfType(InvalidLockDeclarationException.class)
			.isThrownBy(() -> this.source.getOperations(FinalRunnable.class));
	}

	@Test
	void refusesABeanMethod() {
		Refused refused = refuse(new Object() {
			@Bean
			@DistributedLock
			public String run() {
				return "";
			}
		});
		refused.has(null, null, "it is a @Bean method");
		refused.suggests("method of the bean");
	}

	@Test
	void refusesLifecycleCallbacks() {
		refuse(new Object() {
			@PostConstruct
			@DistributedLock
			public void run() {
			}
		}).has(null, null, "the container calls it past every proxy");
		refuse(new Object() {
			@PreDestroy
			@DistributedLock
			public void run() {
			}
		}).has(null, null, "the container calls it past every proxy");
	}

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

	private Refused refuse(Object object) {
		Class<?> type = (object instanceof Class<?> given) ? given : object.getClass();
		try {
			this.source.getOperations(type);
		}
		catch (InvalidLockDeclarationException ex) {
			return new Refused(ex);
		}
		throw new AssertionError("accepted");
	}

	private record Refused(InvalidLockDeclarationException exception) {

		void has(String attribute, String value, String reason) {
			assertThat(this.exception.getMethod()).contains("#run(");
			assertThat(this.exception.getAttribute()).isEqualTo(attribute);
			assertThat(this.exception.getReason()).contains(reason);
			if (value != null) {
				assertThat(this.exception.getValue()).isEqualTo(value);
			}
		}

		void suggests(String... parts) {
			assertThat(this.exception.getAction()).contains(parts);
		}

	}

	interface Interface {

		void runs();

	}

	static class Private {

		@DistributedLock
		private void run() {
		}

	}

	static class Static {

		@DistributedLock
		public static void run() {
		}

	}

	@DistributedLock
	static class FinalInLockedClass {

		public final void run() {
		}

	}

	static final class FinalClass {

		@DistributedLock
		public void run() {
		}

	}

	static final class FinalRunnable implements Runnable {

		@Override
		@DistributedLock
		public void run() {
		}

	}

	record Order(String id, List<String> lines) {
	}

	static class Accepted {

		@DistributedLock("#order.id")
		public void property(Order order) {
		}

		@DistributedLock("#order")
		public void record(Order order) {
		}

		@DistributedLock("'nightly'")
		public void text() {
		}

		@DistributedLock("#root.methodName + #root.targetClass.name + #root.args.length")
		public void root() {
		}

		@DistributedLock("#p0.id + #a0.id")
		public void index(Order order) {
		}

		@DistributedLock("#order.lines.?[#this.length() > 3 and length() < #limit][0]")
		public void selection(Order order, int limit) {
		}

		@DistributedLock("#order.lines.![toUpperCase()].get(0)")
		public void projection(Order order) {
		}

		@DistributedLock("@tenants.current(#order.id) ?: 'none'")
		public void bean(Order order) {
		}

		@DistributedLock("T(java.lang.Math).abs(#number)")
		public void type(int number) {
		}

		@DistributedLock("#map[id]")
		public void map(Map<String, String> map) {
		}

	}

}
