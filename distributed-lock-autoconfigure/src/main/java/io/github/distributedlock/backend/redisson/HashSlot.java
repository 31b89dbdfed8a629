package io.github.distributedlock.backend.redisson;

import java.nio.charset.StandardCharsets;

/**
 * The cluster slot of a record: the CRC-16 (XMODEM) of what stands in its first braces.
 */
final class HashSlot {

	static final int COUNT = 16384;

	private HashSlot() {
	}

	static int of(String record) {
		int start = record.indexOf('{');
		int end = record.indexOf('}', start + 1);
		String hashed = (start >= 0 && end > start + 1) ? record.substring(start + 1, end) : record;
		int crc = 0;
		for (byte next : hashed.getBytes(StandardCharsets.UTF_8)) {
			crc ^= (next & 0xFF) << 8;
			for (int bit = 0; bit < 8; bit++) {
				crc = ((crc & 0x8000) != 0) ? crc << 1 ^ 0x1021 : crc << 1;
			}
		}
		return (crc & 0xFFFF) % COUNT;
	}

}
