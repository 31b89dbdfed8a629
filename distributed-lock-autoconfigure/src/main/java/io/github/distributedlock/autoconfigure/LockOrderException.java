package io.github.distributedlock.autoconfigure;

/**
 * The transaction of a locked method would commit after the release of its lock.
 */
final class LockOrderException extends RuntimeException {

	private final String method;

	private final String advisor;

	private final int advisorOrder;

	private final int lockOrder;

	LockOrderException(String method, String advisor, int advisorOrder, int lockOrder) {
		super("The transaction of " + method + " would commit after the release of its lock");
		this.method = method;
		this.advisor = advisor;
		this.advisorOrder = advisorOrder;
		this.lockOrder = lockOrder;
	}

	String getMethod() {
		return this.method;
	}

	String getAdvisor() {
		return this.advisor;
	}

	int getAdvisorOrder() {
		return this.advisorOrder;
	}

	int getLockOrder() {
		return this.lockOrder;
	}

}
