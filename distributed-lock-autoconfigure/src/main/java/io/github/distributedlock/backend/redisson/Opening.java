package io.github.distributedlock.backend.redisson;

import java.util.ArrayList;
import java.util.List;

/**
 * The questions that a call begins with because they are alike: they say once what they
 * have in common, and the script answers them together, for a fraction of the cost.
 */
sealed interface Opening {

	/** Of questions that have nothing in common. */
	Opening NONE = new Renewals(Alike.NONE);

	/**
	 * Returns how the questions of a call begin: with renewals or with the others, since
	 * those have lanes of their own.
	 * @param questions the questions, in any order
	 */
	static Opening of(List<RedisQuestion<?>> questions) {
		if (questions.size() == 1) {
			return NONE;
		}
		Alike kept = Alike.most(questions, "k ");
		if (kept.size() > 1) {
			return new Renewals(kept);
		}
		Alike acquires = Alike.most(questions, "a ");
		Alike releases = Alike.most(questions, "r 0 ");
		return (acquires.size() + releases.size() > 1) ? new Requests(acquires, releases) : NONE;
	}

	/**
	 * Returns the questions in the order of the script's answers.
	 */
	List<RedisQuestion<?>> questions();

	boolean has(RedisQuestion<?> question);

	/**
	 * Returns the records in the order in which the script wants them.
	 */
	List<String> records();

	/**
	 * Adds the questions, put into words.
	 */
	void addTo(List<Object> arguments);

	/**
	 * Renewals for the same time.
	 *
	 * @param kept the renewals, possibly none
	 */
	record Renewals(Alike kept) implements Opening {

		@Override
		public List<RedisQuestion<?>> questions() {
			return this.kept.questions();
		}

		@Override
		public boolean has(RedisQuestion<?> question) {
			return this.kept.has(question);
		}

		@Override
		public List<String> records() {
			return questions().stream().map(RedisQuestion::route).toList();
		}

		@Override
		public void addTo(List<Object> arguments) {
			if (this.kept.size() > 0) {
				arguments.add("m" + this.kept.lead().substring(1) + this.kept.size());
				questions().forEach((question) -> arguments.add(question.owner()));
			}
		}

	}

	/**
	 * Questions for locks, and releases after which this node does not wait.
	 *
	 * @param acquires those for locks, possibly none
	 * @param releases the others, possibly none
	 */
	record Requests(Alike acquires, Alike releases) implements Opening {

		/** Where nothing is acquired, the script uses neither. */
		private static final String NO_ACQUIRES = "a 0 1 ";

		@Override
		public List<RedisQuestion<?>> questions() {
			List<RedisQuestion<?>> questions = new ArrayList<>(this.acquires.size() + this.releases.size());
			questions.addAll(this.acquires.questions());
			questions.addAll(this.releases.questions());
			return questions;
		}

		@Override
		public boolean has(RedisQuestion<?> question) {
			return this.acquires.has(question) || this.releases.has(question);
		}

		@Override
		public List<String> records() {
			List<String> records = new ArrayList<>(3 * this.acquires.size() + 2 * this.releases.size());
			add(this.acquires, 1, records);
			add(this.acquires, 0, records);
			add(this.releases, 0, records);
			add(this.acquires, 2, records);
			add(this.releases, 1, records);
			return records;
		}

		private static void add(Alike alike, int record, List<String> records) {
			for (RedisQuestion<?> question : alike.questions()) {
				records.add(question.records().get(record));
			}
		}

		@Override
		public void addTo(List<Object> arguments) {
			String lead = (this.acquires.size() > 0) ? this.acquires.lead() : NO_ACQUIRES;
			StringBuilder owners = new StringBuilder(40 * (this.acquires.size() + this.releases.size()));
			StringBuilder rests = new StringBuilder(40 * (this.acquires.size() + this.releases.size()));
			for (RedisQuestion<?> question : questions()) {
				owners.append(question.owner()).append('\n');
				rests.append(question.rest()).append('\n');
			}
			arguments.add("t" + lead.substring(1) + this.acquires.size() + ' ' + this.releases.size());
			arguments.add(owners.toString());
			arguments.add(rests.toString());
		}

	}

}
