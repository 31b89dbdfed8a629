package io.github.distributedlock.backend.redisson;

import java.util.List;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;
import org.redisson.api.RBatch;
import org.redisson.api.RScriptAsync;
import org.redisson.client.codec.StringCodec;

/**
 * Questions that were sent together, until all are answered. The answers are given out
 * after the lane has sent what waits, so that the server works while callers wake up.
 */
final class Flight {

	private final RedisLink link;

	private final List<RedisQuestion<?>> questions;

	private final Runnable arrived;

	Flight(RedisLink link, List<RedisQuestion<?>> questions, Runnable arrived) {
		this.link = link;
		this.questions = questions;
		this.arrived = arrived;
	}

	void leave() {
		RedisQuestion<?> first = this.questions.get(0);
		if (this.questions.size() == 1) {
			first.ask(this.link, this.link.scripts(), first.route(), false)
				.whenComplete((reply, failure) -> land(null));
			return;
		}
		try {
			leaveTogether(first.route());
		}
		catch (RuntimeException | LinkageError ex) {
			land(ex);
		}
	}

	/**
	 * All take the way of the first one, so that they surely go to one server, whatever
	 * the client knows about a cluster: only then is a failure of the connection theirs.
	 */
	private void leaveTogether(String route) {
		RBatch batch = this.link.newBatch();
		RScriptAsync scripts = batch.getScript(StringCodec.INSTANCE);
		for (RedisQuestion<?> question : this.questions) {
			question.ask(this.link, scripts, route, true);
		}
		batch.executeAsync().whenComplete((result, failure) -> land(failure));
	}

	private void land(@Nullable Throwable failure) {
		this.arrived.run();
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		for (RedisQuestion<?> question : this.questions) {
			question.deliver(this.link, cause);
		}
	}

}
