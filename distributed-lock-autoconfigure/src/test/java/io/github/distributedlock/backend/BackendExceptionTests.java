package io.github.distributedlock.backend;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackendExceptionTests {

	@Test
	void messageIsOneLineOfBoundedLengthWhateverTheStoreSaid() {
		assertThat(new BackendMisconfiguredException("it said \r\nERROR forged\u001b[31m\u2028\u202e é 漢", null))
			.hasMessage("it said ??ERROR forged?[31m?? é 漢");
		assertThat(new BackendUnavailableException("x".repeat(1_000_000), false, null).getMessage()).hasSize(1001);
	}

}
