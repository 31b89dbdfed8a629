package io.github.distributedlock.autoconfigure.redisson;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLException;
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

	private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

	private TlsProbe() {
	}

	/**
	 * Returns why a server refuses TLS connections.
	 * @param node the server
	 * @param bundle what is trusted and shown
	 * @return the reason, or {@code null} if it does not say
	 */
	static @Nullable SSLException refusal(RedisNode node, SslBundle bundle) {
		try {
			if (speaksPlainText(node)) {
				return new SSLException("not an SSL/TLS record: the server answers in plain text");
			}
			connect(node, bundle);
			return null;
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

	private static void connect(RedisNode node, SslBundle bundle) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(address(node), TIMEOUT);
			socket.setSoTimeout(TIMEOUT);
			SSLSocket encrypted = (SSLSocket) bundle.createSslContext()
				.getSocketFactory()
				.createSocket(socket, node.host(), node.port(), true);
			encrypted.setSSLParameters(parameters(encrypted.getSSLParameters(), bundle.getOptions()));
			encrypted.startHandshake();
			encrypted.getInputStream().read();
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
