package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Hold;
import io.github.distributedlock.reliability.history.Kind;

/**
 * LS: listeners hear of a loss within 100 ms, and the first question after a pause longer
 * than the lease says no. A renewal that is answered with no after its release, which was
 * sent on another connection, says nothing about the next owner on the same node.
 */
final class LossInTime implements Check {

	private static final long BOUND = 100_000_000;

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		Map<String, Hold> holds = history.holds().stream().collect(Collectors.toMap(Hold::id, (hold) -> hold));
		Map<String, String> granted = new HashMap<>();
		Map<String, String> owners = new HashMap<>();
		Map<String, Long> lostAtStore = new HashMap<>();
		Map<String, Event> resumed = new HashMap<>();
		Set<String> asked = new HashSet<>();
		for (Event event : history.events()) {
			switch (event.kind()) {
				case STORE_GRANTED -> granted.put(event.process() + event.lock(), event.hold());
				case GRANTED -> owners.put(event.hold(), granted.get(event.process() + event.lock()));
				case RENEWAL_LOST -> lostAtStore.put(event.hold(), event.at());
				case RESUMED -> resumed.put(event.process(), event);
				case CHECKED -> {
					Event pause = resumed.get(event.process());
					Hold hold = holds.get(event.hold());
					if (pause != null && hold.granted() < pause.at() - pause.number() && pause.number() > hold.lease()
							&& asked.add(event.hold() + pause.at()) && event.text().equals("valid")) {
						violations.add(new Violation("LS", event.at(), 0, event.lock(),
								event.hold() + " was told that it is valid after its process had stood still"));
					}
				}
				case TOLD -> {
					Hold hold = holds.get(event.hold());
					long loss = Math.min(hold.deadline(), Math.min(hold.doubted(),
							lostAtStore.getOrDefault(owners.get(event.hold()), Long.MAX_VALUE)));
					long late = event.at() - loss - history.paused(event.process(), loss, event.at());
					if (loss >= hold.granted() && event.at() < hold.releasing() && late > BOUND) {
						violations.add(new Violation("LS", event.at(), late, event.lock(),
								event.hold() + " was told " + late / 1_000_000 + " ms late"));
					}
				}
				default -> {
				}
			}
		}
		return violations;
	}

}
