package io.github.distributedlock.reliability.proxy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RespReaderTests {

	@ParameterizedTest
	@ValueSource(strings = { "+OK\r\n", ":42\r\n", "-ERR no\r\n", "$5\r\na\r\nbc\r\n", "$-1\r\n", "*-1\r\n",
			"*2\r\n$3\r\nGET\r\n*1\r\n:1\r\n", "%1\r\n+a\r\n:1\r\n", ">2\r\n+message\r\n$1\r\nx\r\n", "_\r\n",
			"#t\r\n" })
	void valueIsCutOutWhole(String value) throws Exception {
		RespReader reader = new RespReader(
				new ByteArrayInputStream((value + "+next\r\n").getBytes(StandardCharsets.ISO_8859_1)));
		assertThat(new String(reader.next(), StandardCharsets.ISO_8859_1)).isEqualTo(value);
		assertThat(new String(reader.next(), StandardCharsets.ISO_8859_1)).isEqualTo("+next\r\n");
	}

	@Test
	void brokenOffValueIsNone() {
		RespReader reader = new RespReader(new ByteArrayInputStream("$5\r\nab".getBytes(StandardCharsets.ISO_8859_1)));
		assertThatExceptionOfType(EOFException.class).isThrownBy(reader::next);
	}

}
