package io.github.distributedlock.backend.redisson;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions of one call that differ in nothing but their owner and what comes after it.
 *
 * @param lead what all begin with, up to the owner
 * @param questions the questions, possibly none
 */
record Alike(String lead, List<RedisQuestion<?>> questions) {

	static final Alike NONE = new Alike("", List.of());

	/**
	 * Returns the largest group of questions of a kind that begin alike.
	 * @param kind what they have to begin with
	 */
	static Alike most(List<RedisQuestion<?>> questions, String kind) {
		Map<String, List<RedisQuestion<?>>> groups = new HashMap<>(4);
		List<RedisQuestion<?>> most = List.of();
		for (RedisQuestion<?> question : questions) {
			if (question.lead().startsWith(kind)) {
				List<RedisQuestion<?>> group = groups.computeIfAbsent(question.lead(), (lead) -> new ArrayList<>());
				group.add(question);
				most = (group.size() > most.size()) ? group : most;
			}
		}
		return (most.isEmpty()) ? NONE : new Alike(most.get(0).lead(), most);
	}

	int size() {
		return this.questions.size();
	}

	boolean has(RedisQuestion<?> question) {
		return question.lead().equals(this.lead);
	}

}
