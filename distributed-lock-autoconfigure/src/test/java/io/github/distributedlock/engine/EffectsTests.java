package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EffectsTests {

	private final List<String> done = new ArrayList<>();

	private final Effects effects = new Effects(new Wakes());

	@Test
	void everyEffectHappensInOrder() {
		this.effects.then(() -> this.done.add("first"));
		this.effects.then(() -> this.done.add("second"));
		this.effects.run();
		assertThat(this.done).containsExactly("first", "second");
	}

	@Test
	void effectsAfterOneThatFailsHappenAllTheSame() {
		this.effects.then(() -> {
			throw new IllegalStateException("the first");
		});
		this.effects.then(() -> {
			throw new IllegalArgumentException("the second");
		});
		this.effects.then(() -> this.done.add("third"));
		assertThatIllegalStateException().isThrownBy(this.effects::run).withMessage("the first");
		assertThat(this.done).containsExactly("third");
	}

	@Test
	void errorsAreNotSwallowed() {
		this.effects.then(() -> {
			throw new OutOfMemoryError("no more threads");
		});
		this.effects.then(() -> this.done.add("second"));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(this.effects::run);
		assertThat(this.done).containsExactly("second");
	}

}
