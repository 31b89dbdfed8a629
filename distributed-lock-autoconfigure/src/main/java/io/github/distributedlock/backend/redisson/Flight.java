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

	private final List<ScriptCall> calls;

	private final String route;

	private final Runnable arrived;

	/**
	 * Creates the flight.
	 * @param company whether one call may have several questions
	 * @param arrived called once when nothing more is expected, before the answers are
	 * given to those that asked
	 */
	Flight(RedisLink link, Company company, List<RedisQuestion<?>> questions, Runnable arrived) {
		this.link = link;
		this.route = questions.get(0).route();
		this.arrived = arrived;
		this.calls = (company.isWelcome()) ? List.of(new ScriptCall(link, company, questions))
				: questions.stream().map((question) -> new ScriptCall(link, company, List.of(question))).toList();
	}

	void leave() {
		if (this.calls.size() == 1) {
			this.calls.get(0).ask().whenComplete((reply, failure) -> land(null));
			return;
		}
		try {
			leaveInABatch();
		}
		catch (RuntimeException | LinkageError ex) {
			land(ex);
		}
	}

	/**
	 * All take the way of the first one, so that they surely go to one server, whatever
	 * the client knows about a cluster: only then is a failure of the connection theirs.
	 */
	private void leaveInABatch() {
		RBatch batch = this.link.newBatch();
		RScriptAsync scripts = batch.getScript(StringCodec.INSTANCE);
		this.calls.forEach((call) -> call.askIn(scripts, this.route));
		batch.executeAsync().whenComplete((result, failure) -> land(failure));
	}

	private void land(@Nullable Throwable failure) {
		this.arrived.run();
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		this.link.delivery().deliver(() -> this.calls.forEach((call) -> call.deliver(cause)));
	}

}
