package io.github.distributedlock;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LockKeyTests {

	@ParameterizedTest
	@MethodSource("accepted")
	void valueHasATextThatIdentifiesIt(Object value, String text) {
		assertThat(LockKey.of("orders", value)).isEqualTo(new LockKey("orders", text));
	}

	static Stream<Arguments> accepted() {
		UUID id = UUID.randomUUID();
		return Stream.of(Arguments.of("a b", "a b"), Arguments.of('x', "x"), Arguments.of(42, "42"),
				Arguments.of(42L, "42"), Arguments.of((short) 42, "42"), Arguments.of((byte) 42, "42"),
				Arguments.of(BigInteger.TEN, "10"), Arguments.of(true, "true"),
				Arguments.of(new BigDecimal("1.00"), "1"), Arguments.of(new BigDecimal("1E+2"), "100"),
				Arguments.of(new BigDecimal("0.000"), "0"), Arguments.of(new BigDecimal("-0.50"), "-0.5"),
				Arguments.of(TimeUnit.DAYS, "DAYS"), Arguments.of(Odd.ONE, "ONE"), Arguments.of(id, id.toString()),
				Arguments.of(DayOfWeek.MONDAY, "MONDAY"), Arguments.of(LocalDate.of(2026, 1, 2), "2026-01-02"),
				Arguments.of(Instant.EPOCH, "1970-01-01T00:00:00Z"), Arguments.of(YearMonth.of(2026, 1), "2026-01"),
				Arguments.of(Duration.ofHours(1), "PT1H"), Arguments.of(Period.ofDays(3), "P3D"),
				Arguments.of(ZoneId.of("Europe/Vienna"), "Europe/Vienna"),
				Arguments.of(ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneId.of("UTC")), "2026-01-02T03:04:05Z[UTC]"),
				Arguments.of(new Pair("a", "b"), "(a,b)"), Arguments.of(new Nested(new Pair("a", 1), 2), "((a,1),2)"),
				Arguments.of(new Secret(7), "(7)"));
	}

	@Test
	void numberAndItsTextAreTheSameKey() {
		assertThat(LockKey.of("orders", 42)).isEqualTo(LockKey.of("orders", "42"))
			.isEqualTo(LockKey.of("orders", 42L))
			.isEqualTo(LockKey.of("orders", new BigDecimal("42.00")));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void valueWithoutAReliableTextIsRefused(Object value) {
		assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> LockKey.of("orders", value))
			.withMessageContaining("'orders' is a " + value.getClass().getName())
			.withMessageContaining("use a property of it, such as its id");
	}

	static Stream<Object> refused() {
		return Stream.of(1.5, 1.5f, new Date(), new int[] { 1 }, new Object(), List.of(1), new AtomicLong(1),
				new StringBuilder("1"), CharBuffer.wrap("1"), new BigDecimal("1") {
				}, new BigInteger("1") {
				});
	}

	@Test
	void recordsWithComponentsWithoutAReliableTextAreRefused() {
		assertThatExceptionOfType(InvalidLockKeyException.class)
			.isThrownBy(() -> LockKey.of("orders", new Pair("a", 1.5)))
			.withMessageContaining("java.lang.Double");
		assertThatExceptionOfType(InvalidLockKeyException.class)
			.isThrownBy(() -> LockKey.of("orders", new Pair("a", null)))
			.withMessageContaining("null");
	}

	@Test
	void recordThatCannotBeReadIsRefusedWithTheReason() {
		assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> LockKey.of("orders", new Broken(1)))
			.withMessageContaining("value() of " + Broken.class.getName())
			.withMessageContaining("not today");
	}

	@Test
	void differentRecordsOfOneKindHaveDifferentTexts() {
		assertThat(Stream
			.of(new Pair("a,b", "c"), new Pair("a", "b,c"), new Pair("a\\", ",b"), new Pair("a", "\\,b"),
					new Pair("", "x"), new Pair("x", ""), new Pair("", ""), new Pair(new Pair("a", "b"), "c"),
					new Pair("(a,b)", "c"), new Pair("(a,b)", "c,"), new Pair("a", new Pair("b", "c")),
					new Pair("a", "(b,c)"), new Pair(new Pair("a", "(b"), "c)"), new Pair(new Pair("", ""), ""),
					new Pair("(,)", ""), new Pair(new Secret(7), "x"), new Pair("(7)", "x"), new Pair("\\(7\\)", "x"))
			.map((pair) -> LockKey.of("orders", pair).key())).doesNotHaveDuplicates();
	}

	@Test
	void recordWithoutComponentsIsRefused() {
		assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> LockKey.of("orders", new Empty()))
			.withMessageContaining("no components");
	}

	@Test
	void emptyComponentCountsLikeAnyOther() {
		assertThat(LockKey.of("orders", new Pair("", 7))).isNotEqualTo(LockKey.of("orders", new Secret(7)));
	}

	@Test
	void exponentThatWouldFillTheMemoryIsRefused() {
		assertThatExceptionOfType(InvalidLockKeyException.class)
			.isThrownBy(() -> LockKey.of("orders", new BigDecimal("1E+1000000000")))
			.withMessageContaining("exponent of 1000000000");
		assertThatExceptionOfType(InvalidLockKeyException.class)
			.isThrownBy(() -> LockKey.of("orders", new BigDecimal("1E-1000000000")));
		assertThat(LockKey.of("orders", new BigDecimal("1E+1000")).key()).hasSize(1001);
	}

	@Test
	void nullIsRefusedWithTheReason() {
		assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> LockKey.of("orders", null))
			.withMessageStartingWith("The key of lock 'orders' is null")
			.satisfies((ex) -> assertThat(ex.getKey()).isNull());
	}

	@Test
	void emptyTextIsRefusedWithTheReason() {
		assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> LockKey.of("orders", ""))
			.withMessageStartingWith("The key of lock 'orders' is empty");
		assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> new LockKey("orders", ""))
			.withMessageStartingWith("The key of lock 'orders' is empty");
	}

	@Test
	void blankNameIsRefusedWithTheReason() {
		assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> LockKey.of(" "))
			.withMessageContaining("name of a lock must not be empty");
	}

	@Test
	void keyReadsAsNameAndKey() {
		assertThat(LockKey.of("orders", 42)).hasToString("orders:42");
		assertThat(LockKey.of("nightly")).hasToString("nightly");
	}

	private enum Odd {

		ONE {
			@Override
			public String toString() {
				return "something else";
			}
		}

	}

	record Pair(Object first, Object second) {
	}

	record Nested(Pair pair, int number) {
	}

	private record Secret(int value) {
	}

	record Empty() {
	}

	record Broken(int value) {

		@Override
		public int value() {
			throw new IllegalStateException("not today");
		}

	}

	@Test
	void textIsComparedAsItIs() {
		assertThat(LockKey.of("orders", "\u00e9")).isNotEqualTo(LockKey.of("orders", "e\u0301"));
		assertThat(LockKey.of("orders", "a")).isNotEqualTo(LockKey.of("orders", "A"));
		assertThat(LockKey.of("orders", "a ")).isNotEqualTo(LockKey.of("orders", "a"));
	}

	@Test
	void textIsOneLineThatNoTerminalActsOn() {
		assertThat(LockKey.of("orders", "1\r\n2026 ERROR forged \u001b[31m\u202e\u2028\0\ud800 é 漢 😀"))
			.hasToString("orders:1\\u000d\\u000a2026 ERROR forged \\u001b[31m\\u202e\\u2028\\u0000\\ud800 é 漢 😀");
	}

	@Test
	void textOfALongKeyIsShort() {
		assertThat(LockKey.of("orders", "x".repeat(1_048_576)).toString()).hasSizeLessThan(250)
			.endsWith("xxx… (1048576 characters)");
		assertThat(LockKey.of("orders", "x".repeat(200))).hasToString("orders:" + "x".repeat(200));
		assertThat(LockKey.of("orders", "x".repeat(199) + "😀y").toString()).contains("😀… (202 characters)");
	}

}
