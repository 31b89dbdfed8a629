package io.github.distributedlock.backend.redisson;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

import org.jspecify.annotations.Nullable;

/**
 * The questions of one call as the script wants them. Renewals of the most frequent
 * length come first and say it once: the script answers them together, for a fraction of
 * the cost.
 */
final class CallText {

	private final List<RedisQuestion<?>> questions;

	private final String lead;

	private final int alike;

	/**
	 * Puts questions into words.
	 * @param questions the questions, in any order
	 */
	CallText(List<RedisQuestion<?>> questions) {
		Entry<String, List<RedisQuestion<?>>> most = mostAlike(questions);
		boolean together = most != null && most.getValue().size() > 1;
		this.lead = together ? most.getKey() : "";
		this.alike = together ? most.getValue().size() : 0;
		this.questions = (together && this.alike < questions.size()) ? inOrder(most.getValue(), questions) : questions;
	}

	/**
	 * Returns the renewals of the most frequent length, by what they begin with, or
	 * nothing if there is none.
	 */
	private static @Nullable Entry<String, List<RedisQuestion<?>>> mostAlike(List<RedisQuestion<?>> questions) {
		Map<String, List<RedisQuestion<?>>> renewals = new HashMap<>();
		for (RedisQuestion<?> question : questions) {
			String text = question.text();
			if (text.startsWith("k ")) {
				renewals.computeIfAbsent(text.substring(0, text.lastIndexOf(' ') + 1), (lead) -> new ArrayList<>())
					.add(question);
			}
		}
		return renewals.entrySet().stream().max(Comparator.comparingInt((same) -> same.getValue().size())).orElse(null);
	}

	private boolean isAlike(RedisQuestion<?> question) {
		return question.text().startsWith(this.lead);
	}

	private List<RedisQuestion<?>> inOrder(List<RedisQuestion<?>> first, List<RedisQuestion<?>> all) {
		List<RedisQuestion<?>> ordered = new ArrayList<>(first);
		all.stream().filter((question) -> !isAlike(question)).forEach(ordered::add);
		return ordered;
	}

	/**
	 * Returns the questions in the order of the script's answers.
	 */
	List<RedisQuestion<?>> questions() {
		return this.questions;
	}

	/**
	 * Returns the names of all records.
	 * @param link to the server
	 */
	List<Object> keys(RedisLink link) {
		List<Object> keys = new ArrayList<>(3 * this.questions.size());
		for (RedisQuestion<?> question : this.questions) {
			for (String record : question.records()) {
				keys.add(link.names().map(record).getBytes(StandardCharsets.UTF_8));
			}
		}
		return keys;
	}

	/**
	 * Returns everything else.
	 * @param link to the server
	 */
	Object[] arguments(RedisLink link) {
		List<Object> arguments = new ArrayList<>(5 + this.questions.size());
		arguments.add(link.node());
		arguments.add(link.channelPrefix());
		arguments.add(link.channelSuffix());
		arguments.add((link.counted()) ? "1" : "0");
		if (this.alike > 0) {
			arguments.add("m" + this.lead.substring(1) + this.alike);
		}
		for (int i = 0; i < this.questions.size(); i++) {
			String text = this.questions.get(i).text();
			arguments.add((i < this.alike) ? text.substring(this.lead.length()) : text);
		}
		return arguments.toArray();
	}

}
