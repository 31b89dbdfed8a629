package io.github.distributedlock.benchmarks.fork;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;

/**
 * Durations in nanoseconds, to three digits. Not safe for use by several threads.
 */
public final class Latencies {

	private static final int DIGITS = 3;

	private final Histogram histogram;

	/**
	 * Creates an empty set.
	 */
	public Latencies() {
		this(new Histogram(DIGITS));
	}

	private Latencies(Histogram histogram) {
		this.histogram = histogram;
	}

	/**
	 * Adds one.
	 * @param nanos how long it took; a negative value counts as zero
	 */
	public void record(long nanos) {
		this.histogram.recordValue(Math.max(0, nanos));
	}

	/**
	 * Adds all of another set.
	 * @param other the other set
	 * @return this
	 */
	public Latencies add(Latencies other) {
		this.histogram.add(other.histogram);
		return this;
	}

	/**
	 * Returns what a share of the durations do not exceed.
	 * @param percent the share, such as 99
	 * @return microseconds
	 */
	public double micros(double percent) {
		return this.histogram.getValueAtPercentile(percent) / 1000.0;
	}

	/**
	 * Returns how many there are.
	 * @return the number
	 */
	public long count() {
		return this.histogram.getTotalCount();
	}

	/**
	 * Returns all of them as text.
	 * @return the text
	 */
	public String write() {
		ByteBuffer buffer = ByteBuffer.allocate(this.histogram.getNeededByteBufferCapacity());
		int length = this.histogram.encodeIntoCompressedByteBuffer(buffer);
		return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
	}

	static Latencies read(String text) {
		try {
			ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(text));
			return new Latencies(Histogram.decodeFromCompressedByteBuffer(buffer, 0));
		}
		catch (DataFormatException ex) {
			throw new IllegalArgumentException("'text' is no histogram", ex);
		}
	}

}
