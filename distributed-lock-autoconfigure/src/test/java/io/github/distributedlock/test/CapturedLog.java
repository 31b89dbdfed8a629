package io.github.distributedlock.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged while this is open, by whatever logger. This project's own
 * loggers write all they can; the others keep their levels.
 */
public final class CapturedLog implements AutoCloseable {

	private final List<Entry> entries = new CopyOnWriteArrayList<>();

	private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final Logger root = this.context.getLogger(Logger.ROOT_LOGGER_NAME);

	private final Logger own = this.context.getLogger("io.github.distributedlock");

	private final Level ownLevel = this.own.getLevel();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			String thrown = (event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy())
					: "";
			CapturedLog.this.entries.add(new Entry(event.getLevel().toString(), event.getLoggerName(),
					event.getThreadName(), event.getFormattedMessage(), thrown));
		}

	};

	public CapturedLog() {
		this.own.setLevel(Level.TRACE);
		this.appender.setContext(this.context);
		this.appender.start();
		this.root.addAppender(this.appender);
	}

	public List<Entry> entries() {
		return List.copyOf(this.entries);
	}

	/**
	 * Returns what has a text in its message, its exception or its thread's name.
	 */
	public List<Entry> with(String text) {
		return this.entries.stream().filter((entry) -> entry.toString().contains(text)).toList();
	}

	@Override
	public void close() {
		this.root.detachAppender(this.appender);
		this.own.setLevel(this.ownLevel);
		this.appender.stop();
	}

	/**
	 * One event.
	 *
	 * @param level its level
	 * @param logger who wrote it
	 * @param thread on which thread
	 * @param message the message
	 * @param thrown the exception with its stack, or nothing
	 */
	public record Entry(String level, String logger, String thread, String message, String thrown) {
	}

}
