package io.github.distributedlock.reliability.history;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Appends the events of one process to a file of its own. What was added survives the
 * death of the process.
 */
public final class EventLog implements AutoCloseable {

	private final String process;

	private final FileOutputStream file;

	/**
	 * Opens a log.
	 * @param file where, appended to
	 * @param process whose events
	 */
	public EventLog(Path file, String process) {
		this.process = process;
		try {
			this.file = new FileOutputStream(file.toFile(), true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Adds an event.
	 * @param at when
	 * @param kind what
	 * @param lock which lock, or empty
	 * @param hold which acquisition, or empty
	 * @param number see {@link Kind}
	 * @param moment see {@link Kind}
	 * @param text see {@link Kind}
	 * @return the event
	 */
	public Event add(long at, Kind kind, String lock, String hold, long number, long moment, String text) {
		Event event = new Event(at, this.process, kind, lock, hold, number, moment, text);
		add(event);
		return event;
	}

	/**
	 * Adds an event, of another process perhaps.
	 * @param event the event
	 */
	public void add(Event event) {
		byte[] line = (event.line() + "\n").getBytes(StandardCharsets.UTF_8);
		try {
			synchronized (this) {
				this.file.write(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
