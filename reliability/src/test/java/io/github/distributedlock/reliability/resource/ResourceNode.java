package io.github.distributedlock.reliability.resource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.distributedlock.reliability.history.EventLog;
import io.github.distributedlock.reliability.history.Kind;
import io.github.distributedlock.reliability.resource.Register.Written;

/**
 * The process that keeps what is protected: {@code directory of the logs}. Decides and
 * logs each change in one step.
 */
public final class ResourceNode {

	private final Map<String, Register> registers = new ConcurrentHashMap<>();

	private final EventLog log;

	private ResourceNode(EventLog log) {
		this.log = log;
	}

	/**
	 * Serves until it is killed.
	 * @param arguments the directory of the logs
	 * @throws IOException if it cannot listen
	 */
	public static void main(String[] arguments) throws IOException {
		ResourceNode node = new ResourceNode(new EventLog(Path.of(arguments[0], "resource.events"), "resource"));
		try (ServerSocket listener = new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1"))) {
			System.out.println("ready " + listener.getLocalPort());
			new Thread(ResourceNode::endWithParent).start();
			while (true) {
				Socket client = listener.accept();
				client.setTcpNoDelay(true);
				new Thread(() -> node.serve(client)).start();
			}
		}
	}

	private static void endWithParent() {
		try {
			System.in.read();
		}
		catch (IOException ex) {
			// The parent is gone.
		}
		System.exit(0);
	}

	private void serve(Socket client) {
		try (client;
				BufferedReader input = new BufferedReader(
						new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
				PrintStream output = new PrintStream(client.getOutputStream(), false, StandardCharsets.UTF_8)) {
			for (String line = input.readLine(); line != null; line = input.readLine()) {
				output.print(answer(line.split(" ")) + "\n");
				output.flush();
			}
		}
		catch (IOException ex) {
			// Its process was killed.
		}
	}

	private String answer(String[] request) {
		String lock = request[1];
		String hold = request[2];
		long token = Long.parseLong(request[3]);
		Register register = this.registers.computeIfAbsent(lock, (name) -> new Register());
		synchronized (register) {
			if (request[0].equals("read")) {
				long[] read = register.read(token);
				this.log.add(System.nanoTime(), Kind.READ, lock, hold, token, 0, "");
				return read[0] + " " + read[1];
			}
			Written written = register.write(token, Long.parseLong(request[4]), Long.parseLong(request[5]));
			this.log.add(System.nanoTime(), Kind.WROTE, lock, hold, token, written.largest(), written.text());
			return written.text();
		}
	}

}
