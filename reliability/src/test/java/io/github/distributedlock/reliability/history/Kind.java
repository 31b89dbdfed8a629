package io.github.distributedlock.reliability.history;

/**
 * What an event says. What {@code number}, {@code moment} and {@code text} mean depends
 * on it.
 */
public enum Kind {

	/** A caller asks: number = lease in ns, moment = wait in ns, text = how. */
	INVOKED,

	/**
	 * Its work begins: number = token or 0, moment = deadline, text = protected or not.
	 */
	GRANTED,

	/** It asked its lease: moment = deadline, text = valid or invalid. */
	CHECKED,

	/** It entered the lock again: number = token. */
	REENTERED,

	/** A listener hears of the loss. */
	TOLD,

	/**
	 * Its work has ended, and the lock is about to be released: text = valid or not,
	 * number = 1 if the resource refused its change.
	 */
	RELEASING,

	/** The call is over: text = returned, or the exception's name. */
	ENDED,

	/** The store is asked for the lock: hold = owner id, number = lease in ns. */
	ASKED,

	/** The store granted it: hold = owner id, number = first token. */
	STORE_GRANTED,

	/** The store is asked to renew: hold = owner id, number = lease in ns. */
	RENEWING,

	/** The store renewed: moment = when it was asked. */
	RENEWED,

	/** The store no longer had the record. */
	RENEWAL_LOST,

	/** The store is asked to release: hold = owner id. */
	STORE_RELEASING,

	/** The resource begins a change: number = token. */
	READ,

	/**
	 * The resource ends it: number = token, moment = largest token before, text =
	 * accepted or refused, and how many changes were overwritten without fencing and with
	 * it.
	 */
	WROTE,

	/** The lock's record in the store changed: text = its value. */
	RECORD,

	/** A process was killed, or ended. */
	DIED,

	/** A process was stopped. */
	PAUSED,

	/** It goes on. */
	RESUMED,

	/** A process was starved: number = for how long, until now. */
	STALLED,

	/**
	 * A fault began: moment = when its effects are over, text = name, hold = what it
	 * admits.
	 */
	FAULT,

	/** The fault was seen to have had an effect. */
	OBSERVED,

	/** Something is left over: text = what. */
	LEAKED

}
