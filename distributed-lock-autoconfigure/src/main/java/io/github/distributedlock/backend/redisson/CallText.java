package io.github.distributedlock.backend.redisson;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The questions of one call as the script wants them: those of the {@link Opening} first.
 */
final class CallText {

	private final Opening opening;

	private final List<RedisQuestion<?>> others;

	private final List<RedisQuestion<?>> questions;

	/**
	 * Puts questions into words.
	 * @param questions the questions, in any order
	 */
	CallText(List<RedisQuestion<?>> questions) {
		this.opening = Opening.of(questions);
		List<RedisQuestion<?>> together = this.opening.questions();
		this.others = (together.isEmpty()) ? questions
				: questions.stream().filter((question) -> !this.opening.has(question)).toList();
		this.questions = joined(together, this.others);
	}

	private static List<RedisQuestion<?>> joined(List<RedisQuestion<?>> first, List<RedisQuestion<?>> second) {
		if (first.isEmpty() || second.isEmpty()) {
			return (first.isEmpty()) ? second : first;
		}
		List<RedisQuestion<?>> all = new ArrayList<>(first);
		all.addAll(second);
		return all;
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
		add(this.opening.records(), link, keys);
		for (RedisQuestion<?> question : this.others) {
			add(question.records(), link, keys);
		}
		return keys;
	}

	private static void add(List<String> records, RedisLink link, List<Object> keys) {
		for (String record : records) {
			keys.add(link.names().map(record).getBytes(StandardCharsets.UTF_8));
		}
	}

	/**
	 * Returns everything else.
	 * @param link to the server
	 */
	Object[] arguments(RedisLink link) {
		List<Object> arguments = new ArrayList<>(7 + this.others.size());
		arguments.add(link.node());
		arguments.add(link.channelPrefix());
		arguments.add(link.channelSuffix());
		arguments.add((link.counted()) ? "1" : "0");
		this.opening.addTo(arguments);
		this.others.forEach((question) -> arguments.add(question.text()));
		return arguments.toArray();
	}

}
