package io.github.distributedlock.reliability.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All events of a run, in the order of time.
 *
 * @param events the events
 * @param holds the calls of locked methods, in the order in which they were made
 * @param pauses when processes went on that had stood still
 */
public record History(List<Event> events, List<Hold> holds, List<Event> pauses) {

	private static final int CHUNK = 1 << 20;

	/**
	 * Puts events in order.
	 * @param events the events, in any order
	 * @return the history
	 */
	public static History of(List<Event> events) {
		List<Event> sorted = new ArrayList<>(events);
		sorted.sort(Comparator.comparingLong(Event::at));
		List<Event> pauses = sorted.stream()
			.filter((event) -> event.kind() == Kind.RESUMED || event.kind() == Kind.STALLED)
			.toList();
		return new History(List.copyOf(sorted), holds(sorted), pauses);
	}

	/**
	 * Reads the logs of a directory. A last line that its process did not finish does not
	 * count.
	 * @param directory where they are
	 * @return the history
	 */
	public static History read(Path directory) {
		return read(directory, CHUNK);
	}

	static History read(Path directory, int chunk) {
		List<Event> events = new ArrayList<>();
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".events")).toList()) {
				read(file, chunk, events);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return of(events);
	}

	/** There are millions of events: each acquisition's name is kept once. */
	private static void read(Path file, int chunk, List<Event> events) throws IOException {
		Map<String, String> names = new HashMap<>();
		try (InputStream input = Files.newInputStream(file)) {
			byte[] begun = {};
			for (byte[] read = input.readNBytes(chunk); read.length > 0; read = input.readNBytes(chunk)) {
				byte[] bytes = Arrays.copyOf(begun, begun.length + read.length);
				System.arraycopy(read, 0, bytes, begun.length, read.length);
				int end = bytes.length;
				while (end > 0 && bytes[end - 1] != '\n') {
					end--;
				}
				new String(bytes, 0, end, StandardCharsets.UTF_8).lines()
					.map((line) -> Event.parse(line, (name) -> names.computeIfAbsent(name, (same) -> same)))
					.forEach(events::add);
				begun = Arrays.copyOfRange(bytes, end, bytes.length);
			}
		}
	}

	private static List<Hold> holds(List<Event> events) {
		Map<String, Hold> holds = new LinkedHashMap<>();
		for (Event event : events) {
			if (event.kind() == Kind.DIED) {
				holds.values()
					.stream()
					.filter((hold) -> hold.process().equals(event.process()))
					.forEach((hold) -> hold.died = event.at());
			}
			else if (event.kind().compareTo(Kind.ENDED) <= 0) {
				apply(event, holds.computeIfAbsent(event.hold(), (id) -> new Hold(id, event.process(), event.lock())));
			}
		}
		return List.copyOf(holds.values());
	}

	private static void apply(Event event, Hold hold) {
		switch (event.kind()) {
			case INVOKED -> {
				hold.invoked = event.at();
				hold.lease = event.number();
				hold.wait = event.moment();
			}
			case GRANTED -> {
				hold.granted = event.at();
				hold.token = event.number();
				hold.deadline = event.moment();
				hold.guarded = event.text().equals("protected");
			}
			case CHECKED, RELEASING -> {
				boolean valid = event.text().equals("valid");
				hold.deadline = (valid) ? Math.max(hold.deadline, event.moment()) : hold.deadline;
				hold.doubted = (valid) ? hold.doubted : Math.min(hold.doubted, event.at());
				hold.releasing = (event.kind() == Kind.RELEASING) ? event.at() : hold.releasing;
			}
			case TOLD -> hold.told = Math.min(hold.told, event.at());
			case ENDED -> {
				hold.ended = event.at();
				hold.outcome = event.text();
			}
			default -> {
			}
		}
	}

	/**
	 * Returns events of one kind.
	 * @param kind which
	 * @return the events, in the order of time
	 */
	public Stream<Event> events(Kind kind) {
		return this.events.stream().filter((event) -> event.kind() == kind);
	}

	/**
	 * Returns the protected holds of each lock.
	 * @return by lock, in the order in which they were granted
	 */
	public Map<String, List<Hold>> heldByLock() {
		return this.holds.stream()
			.filter(Hold::isProtected)
			.sorted(Comparator.comparingLong(Hold::granted))
			.collect(Collectors.groupingBy(Hold::lock));
	}

	/**
	 * Returns for how long a process stood still, stopped or starved.
	 * @param process which
	 * @param from since when
	 * @param to until when
	 * @return nanoseconds
	 */
	public long paused(String process, long from, long to) {
		long nanos = 0;
		for (Event pause : this.pauses) {
			if (pause.process().equals(process)) {
				nanos += Math.max(0, Math.min(to, pause.at()) - Math.max(from, pause.at() - pause.number()));
			}
		}
		return nanos;
	}

	/**
	 * Returns what happened until a moment.
	 * @param moment when
	 * @return the part, in which every process is known until then
	 */
	public History until(long moment) {
		return of(this.events.stream().filter((event) -> event.at() <= moment).toList());
	}

	/**
	 * Returns the part that is about some locks. What is about none stays.
	 * @param locks which
	 * @return the part
	 */
	public History about(Predicate<String> locks) {
		return of(this.events.stream().filter((event) -> event.lock().isEmpty() || locks.test(event.lock())).toList());
	}

}
