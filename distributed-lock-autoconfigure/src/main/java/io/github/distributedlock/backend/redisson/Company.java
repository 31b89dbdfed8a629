package io.github.distributedlock.backend.redisson;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;

/**
 * Whether one call may have the records of several locks. Not in a cluster, and not
 * behind a proxy that looks like one server and sends each call to the server of its
 * first key: a lock that is asked for in company would not be where others look for it.
 */
final class Company {

	/** Two servers behind a proxy are told apart, but for one time in four billion. */
	private static final int MARKS = 33;

	private static final Log logger = LogFactory.getLog(RedissonLockBackend.class);

	private static final String SCRIPT = LuaScript.read("company.lua");

	private final RedisLink link;

	private final List<String> marks;

	private boolean known;

	private volatile boolean welcome;

	/**
	 * Creates it, without knowing.
	 * @param link to the server
	 * @param prefix what the marks begin with, used by nobody else
	 */
	Company(RedisLink link, String prefix) {
		this.link = link;
		this.marks = IntStream.range(0, MARKS).mapToObj((i) -> prefix + ":{" + i + "}").toList();
		this.known = link.client().getConfig().isClusterConfig();
	}

	/**
	 * Finds out by marking keys one by one, and looking for all of them at once. Blocks
	 * until the server has answered, or has not.
	 * @param timeout how long one answer may take, in milliseconds
	 * @return whether it is known now
	 */
	boolean learn(long timeout) throws InterruptedException {
		try {
			if (!this.known) {
				await(call(this.marks.subList(0, 1)), timeout);
				await(CompletableFuture
					.allOf(this.marks.stream().map((key) -> call(List.of(key))).toArray(CompletableFuture<?>[]::new)),
						timeout);
				this.welcome = Long.valueOf(MARKS).equals(await(call(this.marks), timeout));
				this.known = true;
			}
		}
		catch (ExecutionException | TimeoutException | RuntimeException ex) {
			logger.debug("Locks are asked for one by one until it is known whether one server keeps all", ex);
		}
		return this.known;
	}

	private CompletableFuture<Object> call(List<String> keys) {
		return this.link.scripts()
			.evalAsync(keys.get(0), RScript.Mode.READ_WRITE, SCRIPT, RScript.ReturnType.LONG, List.copyOf(keys))
			.toCompletableFuture();
	}

	private static <T> T await(CompletableFuture<T> answer, long timeout)
			throws InterruptedException, ExecutionException, TimeoutException {
		return answer.get(timeout, TimeUnit.MILLISECONDS);
	}

	boolean isWelcome() {
		return this.welcome;
	}

	/**
	 * A call with several locks was refused.
	 * @param failure why
	 */
	void refused(@Nullable Throwable failure) {
		if (RedisFailures.isCrossSlot(failure)) {
			this.welcome = false;
		}
	}

}
