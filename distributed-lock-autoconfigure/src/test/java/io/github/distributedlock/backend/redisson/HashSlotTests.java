package io.github.distributedlock.backend.redisson;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HashSlotTests {

	@ParameterizedTest
	@CsvSource({ "123456789, 12739", "foo, 12182", "dl:{foo}:lock, 12182", "dl:{foo}:{bar}, 12182", "{}foo, 9500",
			"'', 0" })
	void slotIsTheOneThatRedisComputes(String record, int slot) {
		assertThat(HashSlot.of(record)).isEqualTo(slot);
	}

}
