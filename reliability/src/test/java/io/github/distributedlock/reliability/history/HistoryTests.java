package io.github.distributedlock.reliability.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryTests {

	@Test
	void logsOfAllProcessesAreReadInTheOrderOfTime(@TempDir Path directory) {
		try (EventLog one = new EventLog(directory.resolve("one.events"), "one");
				EventLog two = new EventLog(directory.resolve("two.events"), "two")) {
			one.add(3, Kind.GRANTED, "orders", "one-1", 7, 1500, "protected");
			two.add(2, Kind.INVOKED, "orders", "two-1", 1500, 0, "a\tb\nc");
			one.add(1, Kind.INVOKED, "orders", "one-1", 1500, 0, "");
		}
		History history = History.read(directory);
		assertThat(history.events()).extracting(Event::at).containsExactly(1L, 2L, 3L);
		assertThat(history.events().get(1).text()).isEqualTo("a b c");
		assertThat(history.holds()).extracting(Hold::isProtected).containsExactly(true, false);
	}

	@Test
	void lineThatItsProcessDidNotFinishDoesNotCount(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("one.events");
		try (EventLog one = new EventLog(file, "one")) {
			one.add(1, Kind.INVOKED, "orders", "one-1", 1500, 0, "");
		}
		Files.writeString(file, "2\tone\tGRAN", StandardOpenOption.APPEND);
		assertThat(History.read(directory).events()).hasSize(1);
	}

	@Test
	void logsAreReadWhereverAChunkEnds(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("one.events");
		try (EventLog one = new EventLog(file, "one")) {
			for (int event = 0; event < 5; event++) {
				one.add(event, Kind.INVOKED, "käse", "one-" + event, 1500, 0, "\ud83d\udd12");
			}
		}
		Files.writeString(file, "9\tone\tGRAN", StandardOpenOption.APPEND);
		List<Event> whole = History.read(directory).events();
		assertThat(whole).extracting(Event::at).containsExactly(0L, 1L, 2L, 3L, 4L);
		for (int chunk = 1; chunk <= Files.size(file) + 1; chunk++) {
			assertThat(History.read(directory, chunk).events()).as("chunks of " + chunk).isEqualTo(whole);
		}
	}

	@Test
	void historyUntilAMomentKnowsNothingLater(@TempDir Path directory) {
		try (EventLog one = new EventLog(directory.resolve("one.events"), "one");
				EventLog two = new EventLog(directory.resolve("two.events"), "two")) {
			one.add(1, Kind.GRANTED, "orders", "one-1", 7, 1500, "protected");
			two.add(9, Kind.GRANTED, "orders", "two-1", 8, 1500, "protected");
		}
		assertThat(History.read(directory).until(5).holds()).extracting(Hold::id).containsExactly("one-1");
	}

}
