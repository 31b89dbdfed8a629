package io.github.distributedlock.backend.redisson;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisClusterDownException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisLoadingException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisReconnectedException;
import org.redisson.client.RedisResponseTimeoutException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.RedisTryAgainException;
import org.redisson.client.WriteRedisConnectionException;

import static org.assertj.core.api.Assertions.assertThat;

class RedisFailuresTests {

	private static final String REQUEST = ". channel: [id: 0x1] command: (EVALSHA), params: [abc, 3, NOAUTH OOM secret]";

	@ParameterizedTest
	@ValueSource(strings = { "NOAUTH Authentication required.", "WRONGPASS invalid username-password pair",
			"NOPERM this user has no permissions to run the 'evalsha' command",
			"ERR The user executing the script can't run this command or subcommand script: abc, on @user_script:1.",
			"WRONGTYPE Operation against a key holding the wrong kind of value script: abc, on @user_script:5.",
			"ERR Error running script (call to f_abc): @user_script:5: WRONGTYPE Operation against a key",
			"CROSSSLOT Keys in request don't hash to the same slot", "ERR unknown command 'EVALSHA'",
			"ERR Unknown Redis command called from script script: abc", "DLFENCE the fence holds no token",
			"ERR user_script:4: attempt to compare nil with number script: abc" })
	void refusalIsMisconfigured(String text) {
		BackendException failure = RedisFailures.ofRequest(new CompletionException(new RedisException(text + REQUEST)));
		assertThat(failure).isInstanceOf(BackendMisconfiguredException.class)
			.hasMessageContaining(text)
			.hasMessageNotContaining("secret");
		assertThat(failure.getCause()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "READONLY You can't write against a read only replica.", "MISCONF Errors writing to disk",
			"NOREPLICAS Not enough good replicas to write.", "MASTERDOWN Link with MASTER is down",
			"BUSY Redis is busy running a script.", "ERR max number of clients reached" })
	void serverThatCannotServeNowIsUnavailableAndDidNothing(String text) {
		assertUnavailable(new RedisException(text + REQUEST), false);
	}

	@Test
	void requestThatWasNeverCarriedOutIsUnavailableWithAKnownOutcome() {
		assertUnavailable(new RedisConnectionException("Unable to connect", new ConnectException("refused")), false);
		assertUnavailable(new WriteRedisConnectionException("Unable to write", null), false);
		assertUnavailable(new RedisTimeoutException("Unable to acquire connection!"), false);
		assertUnavailable(new RedisNodeNotFoundException("Node not found"), false);
		assertUnavailable(new RedissonShutdownException("Redisson is shutdown"), false);
		assertUnavailable(new RedisOutOfMemoryException("command not allowed"), false);
		assertUnavailable(new RedisLoadingException("LOADING Redis is loading"), false);
		assertUnavailable(new RedisClusterDownException("CLUSTERDOWN Hash slot not served"), false);
		assertUnavailable(new RedisTryAgainException("TRYAGAIN Multiple keys request"), false);
	}

	@Test
	void connectionThatIsRefusedWhileTheClientLivesIsUnavailableWithAKnownOutcome() {
		assertUnavailable(
				new RedisException("Unexpected exception while processing command", new ConnectException("refused")),
				false);
	}

	@Test
	void certificateThatIsNotTrustedIsMisconfigured() {
		RedisConnectionException failure = new RedisConnectionException("Unable to connect",
				new SSLHandshakeException("No subject alternative names matching IP address found"));
		assertThat(RedisFailures.ofRequest(failure)).isInstanceOf(BackendMisconfiguredException.class)
			.hasMessageContaining("No subject alternative names");
		assertThat(RedisFailures.ofConnect(failure)).isInstanceOf(BackendMisconfiguredException.class);
	}

	@Test
	void serverThatDoesNotSpeakTlsIsMisconfigured() {
		RedisConnectionException failure = new RedisConnectionException("Unable to connect",
				new SSLException("not an SSL/TLS record: 2d4e4f41555448"));
		assertThat(RedisFailures.ofConnect(failure)).isInstanceOf(BackendMisconfiguredException.class)
			.hasMessageContaining("does not speak TLS")
			.hasMessageNotContaining("2d4e");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ERR AUTH <password> called without any password configured for the default user.",
			"ERR DB index is out of range" })
	void settingThatTheServerRefusesAtConnectIsMisconfigured(String text) {
		assertThat(RedisFailures.ofConnect(new RedisConnectionException("Unable to connect", new RedisException(text))))
			.isInstanceOf(BackendMisconfiguredException.class)
			.hasMessageContaining(text);
	}

	@Test
	void serverThatTakesNoMoreClientsIsUnavailable() {
		RedisException full = new RedisException("ERR max number of clients reached");
		assertThat(RedisFailures.ofConnect(new RedisConnectionException("Unable to connect", full)))
			.isInstanceOf(BackendUnavailableException.class);
	}

	@Test
	void handshakeThatTheOtherSideEndsWithoutAWordIsMisconfiguredBeforeTheFirstConnection() {
		SSLHandshakeException broken = new SSLHandshakeException("Remote host terminated the handshake");
		broken.initCause(new EOFException());
		assertMisconfigured(new RedisConnectionException("Unable to connect", broken), "terminated the handshake");
		ClosedChannelException closed = new ClosedChannelException();
		closed.addSuppressed(new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress"));
		RedisConnectionException ended = new RedisConnectionException("Unable to connect", closed);
		assertThat(RedisFailures.ofConnect(ended)).isInstanceOf(BackendMisconfiguredException.class);
		assertUnavailable(ended, false);
	}

	@Test
	void tlsConnectionThatIsLostOrNotAnsweredIsUnavailable() {
		assertUnavailable(new RedisConnectionException("Unable to connect", new ClosedChannelException()), false);
		assertUnavailable(new RedisConnectionException("Unable to connect",
				new SslHandshakeTimeoutException("handshake timed out after 10000ms")), false);
		assertUnavailable(
				new RedisException("x", new SSLException("closing inbound before receiving peer's close_notify")),
				true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ERR value is not an integer, OOM BUSY LOADING", "WRONGTYPE the server is not BUSY",
			"NOPERM READONLY", "BUSYGROUP Consumer Group name already exists", "LOADINGS", "XYZ max number of clients",
			"ERR READONLY", "oom" })
	void wordInTheMiddleOfAnErrorIsNoOutage(String text) {
		assertThat(RedisFailures.ofRequest(new RedisException(text + REQUEST)))
			.isInstanceOf(BackendMisconfiguredException.class);
		assertThat(RedisFailures.ofAnswer(text)).isInstanceOf(BackendMisconfiguredException.class);
		assertThat(RedisFailures.ofConnect(new RedisConnectionException("x", new RedisException(text + REQUEST))))
			.isInstanceOf(BackendMisconfiguredException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "OOM command not allowed when used memory > 'maxmemory'.",
			"ERR @user_script: 12: -OOM command not allowed when used memory > 'maxmemory'.",
			"ERR Error running script (call to f_abc): @user_script:5: -READONLY You can't write",
			"CLUSTERDOWN Hash slot not served", "LOADING Redis is loading the dataset in memory" })
	void errorOfAScriptThatCannotBeServedNowIsUnavailable(String text) {
		assertThat(RedisFailures.ofAnswer(text)).isInstanceOf(BackendUnavailableException.class);
		assertUnavailable(new RedisException(text + REQUEST), false);
	}

	@Test
	void failureThatIsNotKnownIsNoOutage() {
		for (Throwable unknown : List.of(new RedisException("something else"),
				new IllegalStateException("Can't decode replay: ?"), new NumberFormatException("MOVED"),
				new IOException("Improper line ending: 1, 2"),
				new RedisException("Unexpected exception", new IndexOutOfBoundsException()),
				new RedisConnectionException("Unable to connect", new IllegalStateException("Can't decode replay")),
				new WriteRedisConnectionException("Unable to write", new IllegalStateException()))) {
			assertMisconfigured(unknown, "");
			assertThat(RedisFailures.ofBatched(unknown)).isInstanceOf(BackendMisconfiguredException.class);
		}
	}

	@Test
	void networkThatBreaksIsUnavailableWhateverItIsWrappedIn() {
		for (IOException broken : List.of(new IOException("Connection reset by peer"), new IOException("Broken pipe"),
				new IOException("No route to host"), new IOException("Verbindung abgelaufen"),
				new SocketException("Connection reset"), new ClosedChannelException())) {
			assertUnavailable(broken, true);
			assertUnavailable(new RedisException("Unexpected exception", new CompletionException(broken)), true);
			assertUnavailable(new RedisConnectionException("Unable to connect", broken), false);
			assertThat(RedisFailures.ofConnect(new IllegalStateException(broken)))
				.isInstanceOf(BackendUnavailableException.class);
		}
		UnknownHostException unresolved = new UnknownHostException("redis.example.com");
		unresolved.initCause(new IllegalStateException("Query failed with NXDOMAIN"));
		assertUnavailable(new RedisConnectionException(unresolved), false);
	}

	@Test
	void requestThatMayHaveBeenCarriedOutIsUnavailableWithAnUnknownOutcome() {
		assertUnavailable(new RedisResponseTimeoutException("Redis server response timeout NOAUTH" + REQUEST), true);
		assertUnavailable(new RedisReconnectedException("Channel has been reconnected"), true);
		assertUnavailable(new CancellationException(), true);
		assertUnavailable(new TimeoutException(), true);
	}

	@Test
	void refusalThatAConnectionFailsWithIsMisconfigured() {
		RedisConnectionException failure = new RedisConnectionException("Unable to connect to redis://:pw@host",
				new RedisException("WRONGPASS invalid username-password pair"));
		assertThat(RedisFailures.ofConnect(new IllegalStateException(failure)))
			.isInstanceOf(BackendMisconfiguredException.class)
			.hasMessageNotContaining("pw@");
	}

	@Test
	void connectionThatFailsIsUnavailableWithAKnownOutcome() {
		BackendException failure = RedisFailures
			.ofConnect(new IllegalStateException(new RedisConnectionException("Unable to connect redis://:pw@host")));
		assertThat(failure)
			.isInstanceOfSatisfying(BackendUnavailableException.class,
					(unavailable) -> assertThat(unavailable.isOutcomeUnknown()).isFalse())
			.hasMessageNotContaining("pw@");
	}

	@Test
	void clientThatCannotBeMadeIsMisconfigured() {
		assertThat(RedisFailures.ofConnect(new IllegalArgumentException("Redis url should start with redis://")))
			.isInstanceOf(BackendMisconfiguredException.class);
	}

	@Test
	void brokenWriteOfABatchMayHaveDoneSomething() {
		WriteRedisConnectionException broken = new WriteRedisConnectionException("broken", null);
		assertThat(RedisFailures.ofBatched(broken)).isInstanceOfSatisfying(BackendUnavailableException.class,
				(failure) -> assertThat(failure.isOutcomeUnknown()).isTrue());
		assertThat(RedisFailures.ofBatched(new RedisConnectionException("refused"))).isInstanceOfSatisfying(
				BackendUnavailableException.class, (failure) -> assertThat(failure.isOutcomeUnknown()).isFalse());
	}

	@Test
	void requestWithoutAnswerWasHeldBackIfItsBatchTellsOfSuchARefusal() {
		RedisException neighbour = new RedisException("WRONGTYPE" + REQUEST);
		assertThat(RedisFailures.isHeldBack(neighbour)).isFalse();
		assertThat(RedisFailures.isHeldBack(new RedisResponseTimeoutException("late"))).isFalse();
		assertThat(RedisFailures.isHeldBack(null)).isFalse();
		assertThat(RedisFailures.isHeldBack(new RedisTryAgainException("TRYAGAIN"))).isTrue();
		neighbour.addSuppressed(new RedisLoadingException("LOADING" + REQUEST));
		assertThat(RedisFailures.isHeldBack(neighbour)).isTrue();
	}

	private static void assertMisconfigured(Throwable failure, String text) {
		assertThat(RedisFailures.ofRequest(failure)).as("" + failure)
			.isInstanceOf(BackendMisconfiguredException.class)
			.hasMessageContaining(text)
			.hasCause(failure);
		assertThat(RedisFailures.ofConnect(failure)).as("" + failure).isInstanceOf(BackendMisconfiguredException.class);
	}

	private static void assertUnavailable(Throwable failure, boolean unknown) {
		BackendException translated = RedisFailures.ofRequest(failure);
		assertThat(translated).isInstanceOfSatisfying(BackendUnavailableException.class,
				(unavailable) -> assertThat(unavailable.isOutcomeUnknown()).as("" + failure).isEqualTo(unknown));
		assertThat(translated).hasCause(failure).hasMessageNotContaining("secret");
	}

}
