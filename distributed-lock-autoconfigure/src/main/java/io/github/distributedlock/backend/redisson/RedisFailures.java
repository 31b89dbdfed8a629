package io.github.distributedlock.backend.redisson;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

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

	private static final Pattern REFUSED = Pattern
		.compile("\\b(NOAUTH|WRONGPASS|NOPERM|WRONGTYPE|CROSSSLOT|DLFENCE)\\b|(?i)(user executing the script can't"
				+ "|no permissions|invalid (?:username-)?password|Client sent AUTH)|(unknown (?:redis )?command)");

	private static final Pattern NOT_NOW = Pattern
		.compile("\\b(READONLY|LOADING|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|OOM|MISCONF|NOREPLICAS|BUSY|NOSCRIPT"
				+ "|UNKILLABLE)\\b|max number of clients|MOVED redirection");

	/** Follows what the server said, in the messages of the client. */
	private static final String REQUEST = ". channel: ";

	private static final String NO_TLS_RECORD = "not an SSL/TLS record";

	private RedisFailures() {
	}

	/**
	 * Translates the failure of a request that was handed to the client.
	 * @param failure what the client reported
	 * @return what it means
	 */
	static BackendException ofRequest(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			BackendException refused = refusal(cause, failure);
			if (refused != null) {
				return refused;
			}
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			BackendException found = classify(cause, failure);
			if (found != null) {
				return found;
			}
		}
		return new BackendUnavailableException("the request to Redis failed (" + name(failure) + ")", true, failure);
	}

	/**
	 * Translates the error that the server answered one question of a script with.
	 * @param error what it said
	 * @return what it means
	 */
	static BackendException ofAnswer(String error) {
		return ofRequest(new RedisException(error + REQUEST));
	}

	/**
	 * Translates the failure of a request that was sent together with others: a write
	 * that broke off may have brought some of them to the server.
	 * @param failure what the client reported
	 * @return what it means
	 */
	static BackendException ofBatched(Throwable failure) {
		return (failure instanceof WriteRedisConnectionException)
				? new BackendUnavailableException("the connection to Redis was lost while writing", true, failure)
				: ofRequest(failure);
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
		return isCrossSlot(failure) || (failure instanceof RedisException && serverText(failure).contains("NOPERM"));
	}

	/**
	 * Returns whether a request was refused because its keys do not belong together.
	 */
	static boolean isCrossSlot(@Nullable Throwable failure) {
		return failure instanceof RedisException && serverText(failure).contains("CROSSSLOT");
	}

	/**
	 * Returns whether the server does not know the script.
	 */
	static boolean isUnknownScript(@Nullable Throwable failure) {
		return failure instanceof RedisNoScriptException;
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
		boolean network = false;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			BackendException refused = refusal(cause, failure);
			if (refused == null && isError(cause)) {
				refused = new BackendMisconfiguredException("Redis refused the connection: " + serverText(cause)
						+ "; correct the settings of the connection", failure);
			}
			if (refused != null) {
				return refused;
			}
			network |= cause instanceof RedisException || cause instanceof IOException
					|| cause instanceof TimeoutException || cause instanceof InterruptedException
					|| cause instanceof CancellationException;
		}
		if (network) {
			return new BackendUnavailableException("there is no connection to Redis (" + network(failure) + ")", false,
					failure);
		}
		return new BackendMisconfiguredException(
				"the RedissonClient cannot be made (" + name(failure) + "): correct its configuration", failure);
	}

	private static @Nullable BackendException classify(Throwable cause, Throwable failure) {
		if (cause instanceof RedisResponseTimeoutException) {
			return new BackendUnavailableException("Redis did not answer in time", true, failure);
		}
		if (cause instanceof RedisReconnectedException || cause instanceof CancellationException) {
			return new BackendUnavailableException("the connection to Redis was lost before the answer", true, failure);
		}
		if (isNeverSent(cause)) {
			return new BackendUnavailableException("there is no connection to Redis (" + network(cause) + ")", false,
					failure);
		}
		if (!isServerReply(cause)) {
			return null;
		}
		String text = serverText(cause);
		if (cause instanceof RedisOutOfMemoryException || cause instanceof RedisRedirectException
				|| NOT_NOW.matcher(text).find()) {
			return new BackendUnavailableException("Redis cannot serve now: " + text, false, failure);
		}
		return isError(cause) ? new BackendMisconfiguredException(
				"Redis refused a lock script: " + text + "; use Redis 6.2 or later, or a server that is compatible",
				failure) : null;
	}

	private static @Nullable BackendException refusal(Throwable cause, Throwable failure) {
		if (isTlsRefusal(cause)) {
			return new BackendMisconfiguredException("the TLS connection to Redis was refused (" + tlsText(cause)
					+ "): check certificates, host name and trust", failure);
		}
		String text = (isServerReply(cause)) ? serverText(cause) : "";
		Matcher refused = REFUSED.matcher(text);
		if (!refused.find()) {
			return null;
		}
		String code = (refused.group(1) != null) ? refused.group(1) : (refused.group(3) != null) ? "COMMAND" : "NOPERM";
		return new BackendMisconfiguredException("Redis refused (" + text + "): " + advice(code), failure);
	}

	private static String tlsText(Throwable cause) {
		String text = String.valueOf(cause.getMessage());
		return text.startsWith(NO_TLS_RECORD) ? "the server does not speak TLS" : text;
	}

	/**
	 * A handshake that the other side broke off without a word is an outage, any other
	 * failure of it a matter of certificates and settings.
	 */
	private static boolean isTlsRefusal(Throwable cause) {
		return cause instanceof SSLPeerUnverifiedException
				|| (cause instanceof SSLException && String.valueOf(cause.getMessage()).startsWith(NO_TLS_RECORD))
				|| (cause instanceof SSLHandshakeException && !(cause.getCause() instanceof EOFException));
	}

	private static String advice(String code) {
		return switch (code) {
			case "NOAUTH" -> "set the user name and password of the Redis connection";
			case "WRONGPASS" -> "correct the user name and password of the Redis connection";
			case "WRONGTYPE" -> "something else uses the lock's record: choose another namespace";
			case "CROSSSLOT" -> "the records of one lock are in different slots: check the NameMapper";
			case "DLFENCE" -> "the lock's fence record was evicted, deleted or overwritten: use a Redis with"
					+ " maxmemory-policy noeviction, and a namespace of its own";
			case "COMMAND" -> "the lock needs EVALSHA, SCRIPT LOAD and the commands of Redis 6.2";
			default -> "grant the Redis user +evalsha, +script|load, the commands of the lock scripts and PUBLISH,"
					+ " on the namespace's keys (~<namespace>:*) and channels (&<namespace>:*)";
		};
	}

	private static boolean isNeverSent(Throwable cause) {
		return cause instanceof RedisConnectionException || cause instanceof RedisNodeNotFoundException
				|| cause instanceof RedissonShutdownException || cause instanceof RedisTimeoutException
				|| cause instanceof ConnectException;
	}

	/**
	 * Returns whether the server refused for good what it was asked: with an error that
	 * says nothing of an outage, whatever it says.
	 */
	private static boolean isError(Throwable cause) {
		return isServerReply(cause) && (serverText(cause).startsWith("ERR ") || isReported(cause))
				&& !NOT_NOW.matcher(serverText(cause)).find();
	}

	private static boolean isReported(Throwable cause) {
		return String.valueOf(cause.getMessage()).contains(REQUEST);
	}

	private static boolean isServerReply(Throwable cause) {
		return cause instanceof RedisException && !(cause instanceof RedisReconnectedException) && !isNeverSent(cause);
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
