package io.github.distributedlock.annotation;

import io.github.distributedlock.interceptor.InvalidLockDeclarationException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.junit.jupiter.api.Test;

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

	private Refused refuse(Object bean) {
		return Refused.by(this.source, bean);
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

}
