package io.github.distributedlock.benchmarks.load;

/**
 * An argument that keys are made of.
 */
public final class Order {

	private final String id;

	/**
	 * Creates an order.
	 * @param id its number
	 */
	public Order(String id) {
		this.id = id;
	}

	/**
	 * Returns the number.
	 * @return the number
	 */
	public String getId() {
		return this.id;
	}

}
