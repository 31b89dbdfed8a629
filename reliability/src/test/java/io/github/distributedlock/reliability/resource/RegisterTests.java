package io.github.distributedlock.reliability.resource;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RegisterTests {

	private final Register register = new Register();

	@Test
	void changesOneAfterTheOtherLoseNothing() {
		assertThat(change(1).text()).isEqualTo("accepted 0 0");
		assertThat(change(2).text()).isEqualTo("accepted 0 0");
		assertThat(this.register.read(3)).containsExactly(2, 2);
	}

	@Test
	void lateChangeIsRefusedBehindTheFenceAndOverwritesWithoutIt() {
		long[] stale = this.register.read(1);
		change(2);
		change(3);
		assertThat(this.register.write(1, stale[0], stale[1]).text()).isEqualTo("refused 2 0");
		assertThat(this.register.read(4)).containsExactly(1, 2);
	}

	@Test
	void readUnderALargerTokenFencesAnEarlierReaderOut() {
		long[] stale = this.register.read(1);
		long[] next = this.register.read(2);
		assertThat(this.register.write(1, stale[0], stale[1]).text()).startsWith("refused");
		assertThat(this.register.write(2, next[0], next[1]).text()).endsWith(" 0");
	}

	@Test
	void changeWithoutATokenIsNotFenced() {
		assertThat(change(0).text()).isEqualTo("unfenced 0 0");
	}

	private Register.Written change(long token) {
		long[] read = this.register.read(token);
		return this.register.write(token, read[0], read[1]);
	}

}
