package io.github.distributedlock.backend.redisson;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LaneTests {

	private final List<List<RedisQuestion<?>>> sent = new ArrayList<>();

	private final List<Runnable> arrivals = new ArrayList<>();

	private final AtomicLong clock = new AtomicLong();

	private final Lane lane = new Lane(Lane.LONGEST_BATCH, overlapping(), this::note);

	private Pace overlapping() {
		return new Pace(Pace.OVERLAPPING, this.clock::get);
	}

	private void note(List<RedisQuestion<?>> questions, Runnable arrived) {
		this.sent.add(questions);
		this.arrivals.add(arrived);
	}

	private static RedisQuestion<String> question() {
		return new RedisQuestion<>(RedisQuestion.Way.REQUEST, 0, List.of("dl:{a}:lock"), "w a", "", "",
				Object::toString);
	}

	private List<RedisQuestion<?>> ask(int count) {
		List<RedisQuestion<?>> questions = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			questions.add(question());
		}
		questions.forEach(this.lane::send);
		return questions;
	}

	/**
	 * Asks until something has to wait.
	 */
	private void fill() {
		ask(Pace.OVERLAPPING);
		assertThat(this.sent).hasSize(Pace.OVERLAPPING);
		this.sent.clear();
	}

	@Test
	void loneQuestionLeavesAtOnce() {
		List<RedisQuestion<?>> lone = ask(1);
		assertThat(this.sent).containsExactly(lone);
	}

	@Test
	void questionsThatAreAddedTogetherLeaveTogether() {
		List<RedisQuestion<?>> together = List.of(question(), question(), question());
		together.forEach(this.lane::add);
		assertThat(this.sent).isEmpty();
		this.lane.depart();
		assertThat(this.sent).containsExactly(together);
	}

	@Test
	void questionsThatArriveWhileOthersAreUnderWayLeaveTogetherInOrder() {
		fill();
		List<RedisQuestion<?>> waiting = ask(10);
		assertThat(this.sent).isEmpty();
		this.arrivals.get(0).run();
		assertThat(this.sent).containsExactly(waiting);
	}

	@Test
	void questionThatWasGivenUpIsNeverSent() {
		fill();
		List<RedisQuestion<?>> waiting = ask(4);
		waiting.get(0).cancel(true);
		waiting.get(2).expire(waiting.get(2).depart());
		this.arrivals.get(0).run();
		assertThat(this.sent).containsExactly(List.of(waiting.get(1), waiting.get(3)));
	}

	@Test
	void laneIsIdleWhenAllThatWaitedWereGivenUp() {
		fill();
		ask(4).forEach((question) -> question.cancel(true));
		this.arrivals.get(0).run();
		assertThat(this.sent).isEmpty();
		List<RedisQuestion<?>> lone = ask(1);
		assertThat(this.sent).containsExactly(lone);
	}

	@Test
	void batchIsBounded() {
		fill();
		List<RedisQuestion<?>> waiting = ask(Lane.LONGEST_BATCH + 1);
		this.arrivals.get(0).run();
		this.arrivals.get(1).run();
		assertThat(this.sent).containsExactly(waiting.subList(0, Lane.LONGEST_BATCH),
				waiting.subList(Lane.LONGEST_BATCH, Lane.LONGEST_BATCH + 1));
	}

	@Test
	void laneForOneCallAtATimeWaitsForEachAnswer() {
		Lane patient = new Lane(2, new Pace(Pace.ONE_BY_ONE, this.clock::get), this::note);
		List<RedisQuestion<?>> waiting = List.of(question(), question(), question());
		waiting.forEach(patient::add);
		patient.depart();
		assertThat(this.sent).containsExactly(waiting.subList(0, 2));
		this.arrivals.get(0).run();
		assertThat(this.sent).containsExactly(waiting.subList(0, 2), waiting.subList(2, 3));
	}

	@Test
	void distantServerIsSentMoreCallsBeforeItAnswers() {
		for (int i = 0; i < 100; i++) {
			ask(1);
			this.clock.addAndGet(3 * Pace.NANOS_FOR_ONE_MORE);
			this.arrivals.get(i).run();
		}
		this.sent.clear();
		ask(10);
		assertThat(this.sent).hasSize(Pace.OVERLAPPING + 3);
	}

	@Test
	void pauseNowAndThenIsNoDistance() {
		for (int i = 0; i < 100; i++) {
			ask(1);
			this.clock.addAndGet((i % 4 == 0) ? 0 : 7 * Pace.NANOS_FOR_ONE_MORE);
			this.arrivals.get(i).run();
		}
		this.sent.clear();
		ask(10);
		assertThat(this.sent).hasSize(Pace.OVERLAPPING);
	}

	@Test
	void serverThatTakesForEverIsNotSentEverything() {
		for (int i = 0; i < 100; i++) {
			ask(1);
			this.clock.addAndGet(1000 * Pace.NANOS_FOR_ONE_MORE);
			this.arrivals.get(i).run();
		}
		this.sent.clear();
		ask(100);
		assertThat(this.sent).hasSize(Pace.MOST);
	}

	@Test
	void failuresAtOnceNeverPileUp() {
		AtomicInteger failed = new AtomicInteger();
		List<Runnable> held = new ArrayList<>();
		Lane failing = new Lane(Lane.LONGEST_BATCH, overlapping(), (questions, arrived) -> {
			failed.addAndGet(questions.size());
			if (held.size() < Pace.OVERLAPPING) {
				held.add(arrived);
			}
			else {
				arrived.run();
			}
		});
		int count = 100_000;
		IntStream.range(0, count).forEach((i) -> failing.send(question()));
		held.get(0).run();
		assertThat(failed).hasValue(count);
	}

	@Test
	void everyQuestionOfManyThreadsIsSentOnce() throws InterruptedException {
		ConcurrentLinkedQueue<RedisQuestion<?>> seen = new ConcurrentLinkedQueue<>();
		ExecutorService server = Executors.newFixedThreadPool(2);
		ExecutorService callers = Executors.newFixedThreadPool(8);
		int count = 20_000;
		CountDownLatch answered = new CountDownLatch(count);
		Lane busy = new Lane(Lane.LONGEST_BATCH, overlapping(), (questions, arrived) -> server.execute(() -> {
			seen.addAll(questions);
			arrived.run();
			questions.forEach((question) -> answered.countDown());
		}));
		for (int i = 0; i < count; i++) {
			callers.execute(() -> busy.send(question()));
		}
		assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(seen).hasSize(count).doesNotHaveDuplicates();
		callers.shutdown();
		server.shutdown();
	}

}
