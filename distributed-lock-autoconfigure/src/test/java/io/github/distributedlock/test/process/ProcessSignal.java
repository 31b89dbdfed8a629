package io.github.distributedlock.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Signals that processes of this machine can be sent.
 */
public enum ProcessSignal {

	/** Stands still, its sockets open. */
	STOP,

	/** Goes on. */
	CONT,

	/** Shuts down. */
	TERM;

	/**
	 * Sends this signal.
	 * @param process to whom
	 */
	public void send(Process process) {
		try {
			int status = new ProcessBuilder("kill", "-" + name(), "" + process.pid()).start().waitFor();
			if (status != 0) {
				throw new IllegalStateException("kill -" + name() + " ended with " + status);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
