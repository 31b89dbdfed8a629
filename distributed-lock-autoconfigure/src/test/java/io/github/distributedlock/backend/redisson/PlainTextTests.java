package io.github.distributedlock.backend.redisson;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlainTextTests {

	private static final String[] PIECES = { "a", "Z", "9", "-", "%", "%2", "%25", "%~", ":", "{", "}", " ", "\r", "\n",
			"\0", "é", "\u0301", "ß", "\u07ff", "\u0800", "漢", "\ufffd", "?", "\ud800", "\udbff", "\udc00", "\udfff",
			"😀", "\ud83d", "\ude00", "\uffff", "ED", "%ED%A0%80", "*", "[", "\\", "\u007f", "\u0080" };

	@Test
	void ordinaryNamesStayReadable() {
		assertThat(PlainText.encode("com.acme.Orders$Line#pay-1_2/3+4=5,6@7~8"))
			.isEqualTo("com.acme.Orders$Line#pay-1_2/3+4=5,6@7~8");
		assertThat(PlainText.encode("Straße 1")).isEqualTo("Stra%C3%9Fe%201");
		assertThat(PlainText.encode("\ud800")).isEqualTo("%ED%A0%80");
	}

	@Test
	void everyCodePointIsReadBack() {
		for (int point = 0; point <= Character.MAX_CODE_POINT; point += (point < 0x11000) ? 1 : 97) {
			String text = "a" + Character.toString(point) + "b";
			String encoded = PlainText.encode(text);
			assertThat(PlainText.decode(encoded)).isEqualTo(text);
		}
	}

	@Test
	void differentStringsNeverLookTheSame() {
		Random random = new Random(42);
		Map<String, String> seen = new HashMap<>();
		for (int i = 0; i < 200_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int length = random.nextInt(5); length >= 0; length--) {
				text.append(PIECES[random.nextInt(PIECES.length)]);
			}
			String encoded = PlainText.encode(text.toString());
			if (!encoded.matches("[A-Za-z0-9%._~$#@/+=,-]+")) {
				assertThat(encoded).isEqualTo("only characters that are safe in a name");
			}
			String other = seen.putIfAbsent(encoded, text.toString());
			if (other != null && !other.equals(text.toString())) {
				assertThat(other).isEqualTo(text.toString());
			}
			if (!text.toString().equals(PlainText.decode(encoded))) {
				assertThat(PlainText.decode(encoded)).isEqualTo(text.toString());
			}
		}
	}

	@Test
	void whatEncodeNeverWritesIsNotRead() {
		for (String text : List.of("%", "%2", "a%", "%zz", "%2g", "%+1", "%61", "%c3%9f", "%C3", "%C3%", "%C3x9F",
				"%C3%41", "%80", "%C0%80", "%E0%80%80", "%ED%A0%BD%ED%B8%80", "%F4%90%80%80", "%FF%BF%BF%BF", " ", "é",
				"{a}", "a:b", "%~00")) {
			assertThat(PlainText.decode(text)).as(text).isNull();
		}
	}

	@Test
	void longTextIsShortenedToAFormThatNoTextHas() {
		String text = "a".repeat(99) + "é".repeat(100);
		String encoded = PlainText.encode(text);
		String shortened = PlainText.shorten(encoded, 200);
		assertThat(shortened).startsWith("a".repeat(99) + "%~").hasSize(99 + 2 + 64);
		assertThat(PlainText.decode(shortened)).isNull();
		assertThat(PlainText.shorten(encoded + "a", 200)).isNotEqualTo(shortened);
		assertThat(PlainText.shorten("a".repeat(200), 200)).isEqualTo("a".repeat(200));
		assertThat(PlainText.shorten("a".repeat(201), 200)).hasSize(166);
	}

}
