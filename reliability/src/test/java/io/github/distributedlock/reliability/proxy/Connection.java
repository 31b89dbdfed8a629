package io.github.distributedlock.reliability.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import io.github.distributedlock.reliability.proxy.FaultProxy.Ending;

/**
 * One connection through a {@link FaultProxy}.
 */
final class Connection {

	private static final byte[] GARBAGE = ":one\r\n$-7\r\n\0\1\2".getBytes(StandardCharsets.ISO_8859_1);

	private static final Frame END = new Frame(new byte[0], 0);

	private final FaultProxy proxy;

	private final Socket client;

	private final Socket server;

	/**
	 * The requests that were not answered yet.
	 */
	private final Queue<byte[]> requests = new ConcurrentLinkedQueue<>();

	volatile boolean mute;

	Connection(FaultProxy proxy, Socket client, Socket server) throws IOException {
		this.proxy = proxy;
		this.client = client;
		this.server = server;
		client.setTcpNoDelay(true);
		server.setTcpNoDelay(true);
		forward(client, server, true);
		forward(server, client, false);
	}

	private void forward(Socket from, Socket to, boolean request) {
		BlockingQueue<Frame> line = new LinkedBlockingQueue<>();
		FaultProxy.start(() -> {
			try {
				RespReader reader = new RespReader(from.getInputStream());
				while (true) {
					byte[] frame = reader.next();
					if (request || returns(frame)) {
						this.proxy.seen(request);
						line.add(new Frame(frame, due()));
					}
				}
			}
			catch (IOException | RuntimeException ex) {
				line.add(END);
			}
		});
		FaultProxy.start(() -> {
			try {
				for (Frame frame = line.take(); frame != END; frame = line.take()) {
					this.proxy.hold(request, frame.due);
					if (request) {
						this.requests.add(frame.bytes);
					}
					write(frame, to.getOutputStream());
				}
			}
			catch (IOException | InterruptedException ex) {
				// The other side is gone.
			}
			reset();
		});
	}

	private long due() {
		long jitter = this.proxy.jitterNanos;
		return System.nanoTime() + this.proxy.delayNanos
				+ ((jitter > 0) ? ThreadLocalRandom.current().nextLong(jitter) : 0);
	}

	private boolean returns(byte[] answer) throws IOException {
		byte[] request = isMessage(answer) ? null : this.requests.poll();
		Ending ending = (request != null && !this.mute) ? this.proxy.endsWith(request) : null;
		if (ending != null) {
			this.mute = true;
			if (ending == Ending.GARBAGE) {
				this.client.getOutputStream().write(GARBAGE);
			}
			if (ending == Ending.HALF) {
				this.client.getOutputStream().write(Arrays.copyOf(answer, answer.length / 2));
			}
			if (ending == Ending.RESET || ending == Ending.HALF) {
				reset();
			}
		}
		return !this.mute;
	}

	private static boolean isMessage(byte[] answer) {
		return answer[0] == '>' || new String(answer, 0, Math.min(answer.length, 20), StandardCharsets.ISO_8859_1)
			.startsWith("*3\r\n$7\r\nmessage");
	}

	private void write(Frame frame, OutputStream output) throws IOException {
		for (int from = 0; from < frame.bytes.length;) {
			long rate = this.proxy.bytesPerSecond;
			int to = (rate < frame.bytes.length) ? Math.min(frame.bytes.length, from + 10) : frame.bytes.length;
			output.write(frame.bytes, from, to - from);
			if (rate < frame.bytes.length) {
				LockSupport.parkNanos(10_000_000_000L / rate);
			}
			from = to;
		}
	}

	/**
	 * Breaks the connection, with no more than a reset.
	 */
	void reset() {
		this.proxy.gone(this);
		for (Socket socket : new Socket[] { this.client, this.server }) {
			try {
				socket.setSoLinger(true, 0);
				socket.close();
			}
			catch (IOException ex) {
				// It is closed already.
			}
		}
	}

	private record Frame(byte[] bytes, long due) {
	}

}
