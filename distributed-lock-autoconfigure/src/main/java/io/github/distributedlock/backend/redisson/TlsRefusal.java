package io.github.distributedlock.backend.redisson;

import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Set;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.jspecify.annotations.Nullable;

/**
 * Tells a TLS connection that is refused from one that is lost. A handshake that the
 * other side ends, with or without a word, is refused; one that it does not answer, and a
 * connection that ends later, are lost.
 */
public final class TlsRefusal {

	private static final String NO_TLS_RECORD = "not an SSL/TLS record";

	/** Of the client's network library. */
	private static final Set<String> LOSSES = Set.of("SslHandshakeTimeoutException", "SslClosedEngineException");

	private TlsRefusal() {
	}

	/**
	 * Returns why a connection was refused.
	 * @param cause one of the causes of a failure
	 * @return the reason, or {@code null} if it is no refusal
	 */
	static @Nullable String reason(Throwable cause) {
		if (cause instanceof ClosedChannelException) {
			return Arrays.stream(cause.getSuppressed())
				.filter(SSLHandshakeException.class::isInstance)
				.map((handshake) -> "the other side ended the handshake")
				.findFirst()
				.orElse(null);
		}
		if (!(cause instanceof SSLException) || isLoss(cause)) {
			return null;
		}
		String text = String.valueOf(cause.getMessage());
		return text.startsWith(NO_TLS_RECORD) ? "the server does not speak TLS" : text;
	}

	/**
	 * Returns whether a TLS connection was lost, or its handshake not answered.
	 * @param cause one of the causes of a failure
	 * @return {@code false} if it was refused, or is not about TLS
	 */
	public static boolean isLoss(Throwable cause) {
		return cause instanceof SSLException && (LOSSES.contains(cause.getClass().getSimpleName())
				|| String.valueOf(cause.getMessage()).contains("close_notify"));
	}

}
