package io.github.distributedlock.reliability.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * What every node has to do, also those that are started later.
 */
final class Loads {

	private final List<String> loads = new ArrayList<>();

	private final long seed;

	/**
	 * Creates no load yet.
	 * @param seed where the chance of each node comes from
	 */
	Loads(long seed) {
		this.seed = seed;
	}

	void add(String load) {
		this.loads.add(load);
	}

	void clear() {
		this.loads.clear();
	}

	void tellAll(NodeProcess node) {
		for (int number = 0; number < this.loads.size(); number++) {
			tell(node, number);
		}
	}

	void tellLast(NodeProcess node) {
		tell(node, this.loads.size() - 1);
	}

	private void tell(NodeProcess node, int number) {
		node.tell("load " + this.loads.get(number) + " " + (this.seed * 31 + node.id().hashCode() + number));
	}

}
