package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.engine.Agenda.Look;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the keeper looks at, and what it leaves alone.
 */
class AgendaTests {

	private final Agenda agenda = new Agenda();

	private final Story story = new Story();

	@Test
	void looksThatAreDueComeInTheOrderOfTheirTimes() {
		KeyQueue queue = queue();
		for (long at : new long[] { 30, 10, 40, 20 }) {
			this.agenda.announce(queue, at);
		}
		assertThat(this.agenda.update()).isEqualTo(10);
		assertThat(due(30)).extracting(Look::at).containsExactly(10L, 20L, 30L);
		assertThat(this.agenda.update()).isEqualTo(40);
	}

	@Test
	void whatIsAnnouncedDuringAPassWaitsForTheNextOne() {
		this.agenda.announce(queue(), 10);
		this.agenda.update();
		this.agenda.announce(queue(), 5);
		assertThat(due(10)).hasSize(1);
		assertThat(this.agenda.update()).isEqualTo(5);
		assertThat(due(10)).hasSize(1);
		assertThat(this.agenda.update()).isEqualTo(Ticker.NEVER);
	}

	@Test
	void queueAnnouncesOnlyWhatIsEarlierThanBefore() {
		this.story.arrives();
		assertThat(announced()).hasSize(1);
		this.story.store().acquire().contended(Duration.ofMillis(1100));
		this.story.arrives();
		assertThat(announced()).isEmpty();
	}

	@Test
	void lookThatAnEarlierOneReplacedDoesNothing() {
		this.story.arrives();
		Look look = announced().get(0);
		this.story.passWithoutKeeper(2000);
		look.queue().onDue(look.at() + 1);
		assertThat(announced()).isEmpty();
		look.queue().onDue(look.at());
		assertThat(announced()).isNotEmpty();
	}

	@Test
	void keyThatIsDoneWithIsForgottenLongBeforeItsLeaseWouldHaveEnded() {
		Caller holder = this.story.caller().leases(Duration.ofDays(1).toMillis()).withoutRenewal().arrives();
		this.story.store().acquire().grant();
		this.story.pass(5000);
		holder.releases();
		this.story.store().release().released();
		this.story.pass(Duration.ofNanos(2 * Agenda.HORIZON).toMillis());
		assertThat(this.story.engine().queues()).isEmpty();
		assertThat(this.story.engine().agenda().update()).isEqualTo(Ticker.NEVER);
	}

	private KeyQueue queue() {
		return new KeyQueue(Story.ORDER, this.story.engine());
	}

	private List<Look> announced() {
		this.story.engine().agenda().update();
		return due(this.story.engine().agenda(), Ticker.NEVER);
	}

	private List<Look> due(long now) {
		return due(this.agenda, now);
	}

	private static List<Look> due(Agenda agenda, long now) {
		List<Look> due = new ArrayList<>();
		for (Look look = agenda.poll(now); look != null; look = agenda.poll(now)) {
			due.add(look);
		}
		return due;
	}

}
