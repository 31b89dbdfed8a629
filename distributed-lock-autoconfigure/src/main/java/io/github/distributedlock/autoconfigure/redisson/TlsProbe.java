package io.github.distributedlock.autoconfigure.redisson;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Asks a server why no TLS connection comes about, where Redisson reports silence: a
 * server that does not speak TLS waits for the end of a line, and one that wants another
 * client certificate may say so only after the handshake. A connection that is refused is
 * no outage. No login is sent.
 */
final class TlsProbe {

	private static final int TIMEOUT = 2000;

	/** What a server says about a client certificate follows the handshake at once. */
	private static final int SOON = 500;

	private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

	private TlsProbe() {
	}

	/**
	 * Asks servers all at once.
	 * @param nodes the servers
	 * @param bundle what is trusted and shown
	 * @return why one of them refuses TLS connections, or {@code null} if none says so
	 */
	static @Nullable SSLException refusal(List<RedisNode> nodes, SslBundle bundle) {
		List<CompletableFuture<@Nullable SSLException>> answers = nodes.stream()
			.map((node) -> CompletableFuture.supplyAsync(() -> refusal(node, bundle), TlsProbe::start))
			.toList();
		return answers.stream().map(CompletableFuture::join).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private static void start(Runnable probe) {
		Thread thread = new Thread(probe, "distributed-lock-tls-probe");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Asks twice: a server that dies in the middle ends a connection, too, but no second
	 * one.
	 */
	private static @Nullable SSLException refusal(RedisNode node, SslBundle bundle) {
		return (ask(node, bundle) != null) ? ask(node, bundle) : null;
	}

	private static @Nullable SSLException ask(RedisNode node, SslBundle bundle) {
		try {
			if (speaksPlainText(node)) {
				return new SSLException("not an SSL/TLS record: the server answers in plain text");
			}
			return (isLeft(node, bundle))
					? new SSLHandshakeException("the server ended the connection after the handshake") : null;
		}
		catch (SSLException ex) {
			return ex;
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static boolean speaksPlainText(RedisNode node) {
		try (Socket socket = new Socket()) {
			socket.connect(address(node), TIMEOUT);
			socket.setSoTimeout(TIMEOUT);
			socket.getOutputStream().write(PING);
			int first = socket.getInputStream().read();
			return first == '+' || first == '-';
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns whether a server ends a connection on which nothing was asked.
	 */
	private static boolean isLeft(RedisNode node, SslBundle bundle) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(address(node), TIMEOUT);
			socket.setSoTimeout(TIMEOUT);
			SSLSocket encrypted = (SSLSocket) bundle.createSslContext()
				.getSocketFactory()
				.createSocket(socket, node.host(), node.port(), true);
			encrypted.setSSLParameters(parameters(encrypted.getSSLParameters(), bundle.getOptions()));
			encrypted.startHandshake();
			socket.setSoTimeout(SOON);
			return encrypted.getInputStream().read() < 0;
		}
	}

	private static SSLParameters parameters(SSLParameters parameters, SslOptions options) {
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		if (options.getCiphers() != null) {
			parameters.setCipherSuites(options.getCiphers());
		}
		if (options.getEnabledProtocols() != null) {
			parameters.setProtocols(options.getEnabledProtocols());
		}
		return parameters;
	}

	private static InetSocketAddress address(RedisNode node) {
		return new InetSocketAddress(node.host(), node.port());
	}

}
