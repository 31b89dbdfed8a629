package io.github.distributedlock.reliability.subject;

/**
 * What is wrong with a {@link SimpleRegistry}, on purpose.
 */
enum Flaw {

	/** Nothing: the checker must find nothing. */
	NONE("not broken"),

	/** One value for everybody, so that anybody releases and renews anything. */
	NO_OWNER("SETNX and DEL, without an owner"),

	/** The release deletes the record, whoever's it is. */
	RELEASE_BY_KEY("release without a look at the owner"),

	/** The deadline counts from the answer. */
	DEADLINE_FROM_REPLY("deadline counted from the answer"),

	/** Valid until a renewal is answered with no. */
	NO_DEADLINE("loss known by failed renewals only"),

	/** The deadline is on a clock that is set back now and then. */
	WALL_CLOCK("deadline on the wall clock"),

	/** The renewal writes the record, whether it is there or not. */
	RENEWAL_RECREATES("renewal that re-creates"),

	/** The renewal goes on after the release. */
	ZOMBIE_RENEWAL("renewal that outlives the release"),

	/** The owner is the thread, and the thread works for others meanwhile. */
	THREAD_OWNER("owner is the thread of a pool"),

	/** The counter goes away with the lock. */
	TOKEN_RESTARTS("token that restarts"),

	/** The token is read by a second command, and raised by the release. */
	TOKEN_BY_SECOND_COMMAND("token read by a second command"),

	/** The token rises on re-entry. */
	TOKEN_RAISED_ON_REENTRY("token raised on re-entry"),

	/** Work that lost its lock returns as if nothing had been. */
	SILENT_LOSS("success after a known loss"),

	/** No answer counts as yes. */
	UNKNOWN_IS_GRANTED("no answer taken for a yes"),

	/** The listener hears of the loss half a second later, and so does the question. */
	LATE_LOSS("loss known half a second late");

	private final String title;

	Flaw(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	String prefix() {
		return "c" + ordinal() + ".";
	}

}
