package io.github.distributedlock.autoconfigure;

/**
 * A bean has locked methods, but nothing locks them.
 */
final class LockAdviceMissingException extends RuntimeException {

	private final String beanName;

	private final String method;

	private final boolean proxiesCreated;

	LockAdviceMissingException(String beanName, String method, boolean proxiesCreated) {
		super("Bean '" + beanName + "' would run " + method + " without its lock");
		this.beanName = beanName;
		this.method = method;
		this.proxiesCreated = proxiesCreated;
	}

	String getBeanName() {
		return this.beanName;
	}

	String getMethod() {
		return this.method;
	}

	boolean areProxiesCreated() {
		return this.proxiesCreated;
	}

}
