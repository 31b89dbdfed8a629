package io.github.distributedlock.backend.redisson;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisReconnectedException;
import org.redisson.client.RedisRedirectException;
import org.redisson.client.RedisResponseTimeoutException;
import org.redisson.client.RedisRetryException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.WriteRedisConnectionException;

/**
 * Says what a failure of the client or the server means for the lock.
 */
final class RedisFailures {

	/** Follows what the server said, in the messages of the client. */
	private static final String REQUEST = ". channel: ";

	/** Begins what the client cannot read, in the type of what a network does. */
	private static final String UNREADABLE = "Improper line ending";

	private RedisFailures() {
	}

	/**
	 * Translates the failure of a request that was handed to the client. A refusal among
	 * the causes decides; what is not known as an outage is none.
	 * @param failure what the client reported
	 * @return what it means
	 */
	static BackendException ofRequest(Throwable failure) {
		BackendException known = known(failure, false);
		return (known != null) ? known
				: new BackendMisconfiguredException(
						"the request to Redis failed, and not as in an outage (" + name(failure)
								+ "): see the cause, and check what stands between this application and Redis",
						failure);
	}

	/**
	 * Translates the error that the server answered one question of a script with.
	 * @param error what it said
	 * @return what it means
	 */
	static BackendException ofAnswer(String error) {
		return ServerError.sent(error).toFailure(error, new RedisException(error + REQUEST));
	}

	/**
	 * Translates the failure of a request that was sent together with others: a write
	 * that broke off may have brought some of them to the server.
	 * @param failure what the client reported
	 * @return what it means
	 */
	static BackendException ofBatched(Throwable failure) {
		BackendException known = ofRequest(failure);
		return (failure instanceof WriteRedisConnectionException && known instanceof BackendUnavailableException)
				? new BackendUnavailableException("the connection to Redis was lost while writing", true, failure)
				: known;
	}

	/**
	 * Returns whether a request that was not answered although its batch ended was
	 * refused before it was run. Redisson keeps refusals that it would repeat for itself,
	 * and reports the first failure of all with the others suppressed.
	 * @param batch the failure of the batch, perhaps of a neighbour
	 * @return whether it surely was not run
	 */
	static boolean isHeldBack(@Nullable Throwable batch) {
		return batch != null && (isToBeRepeated(batch)
				|| Arrays.stream(batch.getSuppressed()).anyMatch(RedisFailures::isToBeRepeated));
	}

	/**
	 * Returns whether a request was refused because of its keys, perhaps of some of them
	 * only. It was not run, then.
	 */
	static boolean isOfKeys(@Nullable Throwable failure) {
		return isError(failure, "CROSSSLOT") || isError(failure, "NOPERM");
	}

	/**
	 * Returns whether a request was refused because its keys do not belong together.
	 */
	static boolean isCrossSlot(@Nullable Throwable failure) {
		return isError(failure, "CROSSSLOT");
	}

	/**
	 * Returns whether the server does not know the script.
	 */
	static boolean isUnknownScript(@Nullable Throwable failure) {
		return failure instanceof RedisNoScriptException;
	}

	private static boolean isError(@Nullable Throwable failure, String code) {
		if (!(failure instanceof RedisException)) {
			return false;
		}
		ServerError error = ServerError.of(serverText(failure));
		return error != null && error.is(code);
	}

	private static boolean isToBeRepeated(Throwable failure) {
		return failure instanceof RedisRetryException || failure instanceof RedisRedirectException;
	}

	/**
	 * Translates the failure to get a client that is connected.
	 * @param failure what the source of the client reported
	 * @return what it means
	 */
	static BackendException ofConnect(Throwable failure) {
		if (failure instanceof BackendException known) {
			return known;
		}
		BackendException known = known(failure, true);
		if (known instanceof BackendUnavailableException) {
			return new BackendUnavailableException("there is no connection to Redis (" + network(failure) + ")", false,
					failure);
		}
		return (known != null) ? known : new BackendMisconfiguredException(
				"the RedissonClient cannot be made (" + name(failure) + "): correct its configuration", failure);
	}

	/**
	 * Walks the causes once. A failure to connect that has a cause is only what that is.
	 */
	private static @Nullable BackendException known(Throwable failure, boolean connecting) {
		BackendException outage = null;
		boolean sure = false;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			BackendException found = translate(cause, failure, connecting);
			if (found instanceof BackendMisconfiguredException) {
				return found;
			}
			outage = (outage != null) ? outage : found;
			sure |= found != null && !(cause instanceof RedisConnectionException && cause.getCause() != null);
		}
		return (sure) ? outage : null;
	}

	/**
	 * A handshake that ends without a word is a refusal at first, and the end of a server
	 * or of what stands before it where there was a connection before.
	 */
	private static @Nullable BackendException translate(Throwable cause, Throwable failure, boolean connecting) {
		String refused = (connecting || !(cause instanceof ClosedChannelException)) ? TlsRefusal.reason(cause) : null;
		if (refused != null) {
			return new BackendMisconfiguredException("the TLS connection to Redis was refused (" + refused
					+ "): check certificates, host name and trust", failure);
		}
		if (isNeverSent(cause)) {
			return new BackendUnavailableException("there is no connection to Redis (" + network(cause) + ")", false,
					failure);
		}
		if (cause instanceof RedisResponseTimeoutException || cause instanceof TimeoutException) {
			return new BackendUnavailableException("Redis did not answer in time", true, failure);
		}
		if (isLost(cause)) {
			return new BackendUnavailableException("the connection to Redis was lost before the answer", true, failure);
		}
		if (cause instanceof RedisOutOfMemoryException || cause instanceof RedisRedirectException) {
			return new BackendUnavailableException("Redis cannot serve now: " + serverText(cause), false, failure);
		}
		if (!(cause instanceof RedisException)) {
			return null;
		}
		String text = serverText(cause);
		ServerError error = (isReported(cause)) ? ServerError.sent(text) : ServerError.of(text);
		return (error != null) ? error.toFailure(text, failure) : null;
	}

	private static boolean isNeverSent(Throwable cause) {
		return cause instanceof RedisConnectionException || cause instanceof RedisNodeNotFoundException
				|| cause instanceof RedissonShutdownException
				|| (cause instanceof RedisTimeoutException && !(cause instanceof RedisResponseTimeoutException))
				|| cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof NoRouteToHostException;
	}

	private static boolean isLost(Throwable cause) {
		return cause instanceof RedisReconnectedException || cause instanceof CancellationException
				|| cause instanceof InterruptedException || TlsRefusal.isLoss(cause)
				|| (cause instanceof IOException && !(cause instanceof SSLException) && isOfTheNetwork(cause));
	}

	/**
	 * The network says what it does in the words of the operating system, and in its
	 * language.
	 */
	private static boolean isOfTheNetwork(Throwable cause) {
		return !String.valueOf(cause.getMessage()).startsWith(UNREADABLE);
	}

	/**
	 * Returns whether the client says that the server sent this: it adds the request.
	 */
	private static boolean isReported(Throwable cause) {
		return String.valueOf(cause.getMessage()).contains(REQUEST);
	}

	/**
	 * Returns what the server said, without the request that the client adds to it.
	 */
	private static String serverText(Throwable cause) {
		String text = String.valueOf(cause.getMessage());
		int added = text.indexOf(REQUEST);
		String said = (added >= 0) ? text.substring(0, added) : text;
		int request = said.indexOf(" command: (");
		return (request >= 0) ? said.substring(0, request) : said;
	}

	/**
	 * Returns what the network said, which names the address and never a login, or else
	 * the kind of the failure.
	 */
	private static String network(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
				return name(cause) + ": " + cause.getMessage();
			}
		}
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return name(root);
	}

	private static String name(Throwable failure) {
		return failure.getClass().getSimpleName();
	}

}
