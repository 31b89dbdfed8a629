package io.github.distributedlock.backend.redisson;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes replies of a server into what a rogue or broken one could send: other types,
 * numbers out of range, missing, added and exchanged parts, errors; and, if asked to,
 * bytes that are no reply. The same seed makes the same replies.
 */
final class RogueReplies {

	private static final List<String> NUMBERS = List.of("0", "1", "2", "-1", "-2", "00", "+1", "01", "1.0", "1e3", "",
			" 1", "1 ", "NaN", "nil", "true", "2147483647", "2147483648", "4294967296", "9007199254740991",
			"9007199254740992", "9007199254740993", "9223372036854775807", "-9223372036854775808",
			"9223372036854775808", "99999999999999999999");

	private static final List<String> TEXTS = List.of("", "h:", "r:", "h:#", "h:\r\n#1", "x", "\u0000", "OK", "kept",
			"QUEUED", "1 1 1 0", "0 1 h:a#1", "a".repeat(10_000), "\u00ff\u00fe", "\u001b[31m");

	private static final List<String> ERRORS = List.of("ERR unknown", "ERR value is not an integer",
			"WRONGTYPE Operation against a key", "NOPERM this user has no permissions", "DLFENCE no token",
			"OOM command not allowed", "BUSY Redis is busy", "", " ", "\u00ff", "CROSSSLOT Keys in request",
			"NOSCRIPT No matching script", "UNKILLABLE", "MISCONF errors writing", "EXECABORT", "NOREPLICAS");

	private static final List<String> LENGTHS = List.of("0", "1", "2", "5", "17", "100000", "-1", "-2", "", "x", "1.5",
			"+3", "2147483647", "2147483648", "4294967297", "9223372036854775807", "99999999999999999999");

	private final SplittableRandom random;

	RogueReplies(long seed) {
		this.random = new SplittableRandom(seed);
	}

	RespReply next(RespReply reply) {
		int kind = this.random.nextInt(100);
		if (kind < 4) {
			return reply;
		}
		if (kind < 8) {
			return RespReply.of('-', pick(ERRORS));
		}
		RespReply changed = reply;
		for (int changes = 1 + this.random.nextInt(2); changes > 0; changes--) {
			changed = change(changed);
		}
		return changed;
	}

	/**
	 * Breaks the framing: a length, the type, the end, or anything in between.
	 */
	byte[] malformed(RespReply reply) {
		String wire = new String(reply.bytes(), StandardCharsets.ISO_8859_1);
		int place = this.random.nextInt(wire.length());
		String rest = wire.substring(1);
		String broken = switch (this.random.nextInt(9)) {
			case 0 -> wire.substring(0, place);
			case 1 -> (char) this.random.nextInt(256) + rest;
			case 2 -> pick(List.of("$", "*", ":", "+", "-", "%", "~", ">", "#", "_", ",", "=", "(", "!")) + rest;
			case 3 -> wire.charAt(0) + pick(LENGTHS) + "\r\n" + rest.substring(rest.indexOf('\n') + 1);
			case 4 -> pick(List.of("$", "*", "%", ">")) + pick(LENGTHS) + "\r\n";
			case 5 -> wire.replace("\r", "");
			case 6 -> wire.substring(0, place) + (char) this.random.nextInt(256) + wire.substring(place + 1);
			case 7 -> wire.substring(0, place) + wire;
			default -> wire + wire;
		};
		return broken.getBytes(StandardCharsets.ISO_8859_1);
	}

	private RespReply change(RespReply reply) {
		if (reply.type() != '*' || reply.parts().isEmpty() || this.random.nextInt(6) == 0) {
			return (reply.type() == '*' || this.random.nextInt(3) == 0) ? other() : edited(reply);
		}
		List<RespReply> parts = new ArrayList<>(reply.parts());
		int place = this.random.nextInt(parts.size());
		switch (this.random.nextInt(6)) {
			case 0 -> parts.remove(place);
			case 1 -> parts.add(place, other());
			case 2 -> parts.add(parts.get(place));
			case 3 -> parts.set(place, parts.set(this.random.nextInt(parts.size()), parts.get(place)));
			case 4 -> parts.set(place, other());
			default -> parts.set(place, change(parts.get(place)));
		}
		return RespReply.array(parts);
	}

	private RespReply edited(RespReply reply) {
		String text = String.valueOf(reply.text());
		int place = this.random.nextInt(text.length() + 1);
		if (reply.type() == ':') {
			return RespReply.of(this.random.nextBoolean() ? ':' : '$', integer());
		}
		return switch (this.random.nextInt(5)) {
			case 0 -> RespReply.of(reply.type(), text.substring(0, place));
			case 1 -> RespReply.of(reply.type(), text.substring(0, place) + " " + text.substring(place));
			case 2 -> RespReply.of('$', text + pick(TEXTS));
			case 3 -> RespReply.of('$', text.substring(0, place) + pick(NUMBERS) + text.substring(place));
			default -> RespReply.of('$', pick(NUMBERS) + text.substring(Math.min(text.length(), 1)));
		};
	}

	private RespReply other() {
		return switch (this.random.nextInt(8)) {
			case 0 -> RespReply.of('$', null);
			case 1 -> RespReply.of('*', null);
			case 2 -> RespReply.array(List.of());
			case 3 -> RespReply.array(List.of(RespReply.of(':', integer()), RespReply.of('$', pick(TEXTS))));
			case 4 -> RespReply.of('+', pick(NUMBERS));
			case 5 -> RespReply.of('$', pick(TEXTS));
			case 6 -> RespReply.of('$', pick(NUMBERS));
			default -> RespReply.of(':', integer());
		};
	}

	/**
	 * An integer as the protocol allows it: anything else would break the framing.
	 */
	private String integer() {
		String number = pick(NUMBERS);
		return (number.matches("-?(0|[1-9]\\d{0,18})") && !number.equals("9223372036854775808")) ? number : "7";
	}

	private String pick(List<String> all) {
		return all.get(this.random.nextInt(all.size()));
	}

}
