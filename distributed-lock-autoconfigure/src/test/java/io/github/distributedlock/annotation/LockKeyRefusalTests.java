package io.github.distributedlock.annotation;

import java.util.Date;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the keys that {@link AnnotationLockOperationSource} refuses.
 */
class LockKeyRefusalTests {

	private final AnnotationLockOperationSource source = new AnnotationLockOperationSource((text) -> text, () -> true);

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

	private Refused refuse(Object bean) {
		return Refused.by(this.source, bean);
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
