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
	 * Returns the largest part of questions that are alike.
	 * @param kind what they have to begin with
	 */
	static Alike most(List<RedisQuestion<?>> questions, String kind) {
		Map<String, Alike> leads = new HashMap<>(4);
		Alike most = NONE;
		for (RedisQuestion<?> question : questions) {
			if (question.lead().startsWith(kind)) {
				Alike alike = leads.computeIfAbsent(question.lead(), (lead) -> new Alike(lead, new ArrayList<>()));
				alike.questions.add(question);
				most = (alike.size() > most.size()) ? alike : most;
			}
		}
		return most;
	}

	int size() {
		return this.questions.size();
	}

	boolean has(RedisQuestion<?> question) {
		return question.lead().equals(this.lead);
	}

}
