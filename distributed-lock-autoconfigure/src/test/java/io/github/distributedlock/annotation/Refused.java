package io.github.distributedlock.annotation;

import io.github.distributedlock.interceptor.InvalidLockDeclarationException;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A declaration that was refused.
 *
 * @param exception why, and what to write instead
 */
record Refused(InvalidLockDeclarationException exception) {

	static Refused by(AnnotationLockOperationSource source, Object bean) {
		try {
			source.getOperations((bean instanceof Class<?> type) ? type : bean.getClass());
		}
		catch (InvalidLockDeclarationException ex) {
			return new Refused(ex);
		}
		throw new AssertionError("accepted");
	}

	void has(@Nullable String attribute, @Nullable String value, String reason) {
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
