package io.github.distributedlock.reliability.subject;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.distributedlock.reliability.history.EventLog;

/**
 * What else is tested beside the product, by the prefix of its locks.
 */
public final class Subjects {

	private Subjects() {
	}

	/**
	 * Returns the locks that are broken on purpose, and one that is not.
	 * @return titles by prefix
	 */
	public static Map<String, String> controls() {
		Map<String, String> controls = new LinkedHashMap<>();
		for (Flaw flaw : Flaw.values()) {
			controls.put(flaw.prefix(), flaw.title());
		}
		return controls;
	}

	/**
	 * Returns whether nothing is wrong with it.
	 * @param prefix which
	 * @return whether the checker must find nothing
	 */
	public static boolean isSound(String prefix) {
		return prefix.isEmpty() || prefix.equals(Flaw.NONE.prefix());
	}

	/**
	 * Returns the locks of other projects.
	 * @return titles by prefix
	 */
	public static Map<String, String> peers() {
		Map<String, String> peers = new LinkedHashMap<>();
		for (Peer peer : Peer.values()) {
			peers.put(peer.prefix(), peer.title());
		}
		return peers;
	}

	/**
	 * Creates one for a node.
	 * @param prefix which
	 * @param node the node's name
	 * @param port where its Redis is
	 * @param log what it says to the store, if it tells
	 * @return its locks
	 */
	public static SubjectLocks create(String prefix, String node, int port, EventLog log) {
		for (Flaw flaw : Flaw.values()) {
			if (flaw.prefix().equals(prefix)) {
				return new SimpleRegistry(node, flaw, port, log);
			}
		}
		for (Peer peer : Peer.values()) {
			if (peer.prefix().equals(prefix)) {
				return new PeerRegistry(peer.open(port));
			}
		}
		throw new IllegalArgumentException("'" + prefix + "' is no prefix of a subject");
	}

	/**
	 * Returns the name of a lock's record in the store.
	 * @param lock which lock, of a control
	 * @return its name in Redis
	 */
	public static String record(String lock) {
		return SimpleStore.record(lock);
	}

}
