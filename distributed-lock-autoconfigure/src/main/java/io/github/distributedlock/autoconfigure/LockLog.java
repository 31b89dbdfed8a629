package io.github.distributedlock.autoconfigure;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.github.distributedlock.interceptor.LockOperation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Writes each method's lock to the log once, or warns that locks are switched off.
 */
final class LockLog {

	private static final Log logger = LogFactory.getLog("io.github.distributedlock");

	private final ObjectProvider<DistributedLockProperties> properties;

	private final Set<Method> written = ConcurrentHashMap.newKeySet();

	LockLog(ObjectProvider<DistributedLockProperties> properties) {
		this.properties = properties;
	}

	boolean isEnabled() {
		return this.properties.getObject().enabled();
	}

	void write(Collection<LockOperation> operations) {
		List<LockOperation> fresh = operations.stream()
			.filter((operation) -> this.written.add(operation.method()))
			.toList();
		if (fresh.isEmpty()) {
			return;
		}
		if (!isEnabled()) {
			logger.warn("Locks are switched off (distributed-lock.enabled=false). These methods run without: "
					+ fresh.stream().map(LockOperation::describeMethod).sorted().collect(Collectors.joining(", ")));
		}
		else if (logger.isInfoEnabled()) {
			fresh.stream()
				.map((operation) -> operation.describeMethod() + " runs under lock " + operation.describeLock())
				.sorted()
				.forEach(logger::info);
		}
	}

}
