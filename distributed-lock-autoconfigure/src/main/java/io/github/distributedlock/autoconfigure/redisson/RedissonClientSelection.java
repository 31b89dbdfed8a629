package io.github.distributedlock.autoconfigure.redisson;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.distributedlock.backend.redisson.RedissonClientSource;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.ssl.SslBundles;

/**
 * Decides which client keeps the locks. The locks' own settings come first, for the
 * application's Redis may be a cache that evicts them; then a client that the application
 * has; then Spring Boot's connection details.
 */
final class RedissonClientSelection {

	private static final String CLIENT_BEAN_NAME = "distributed-lock.redis.client-bean-name";

	private final RedissonLockProperties properties;

	private final BeanFactory beanFactory;

	private final @Nullable SslBundles sslBundles;

	private final @Nullable RedisConnectionDetailsAdapter details;

	RedissonClientSelection(RedissonLockProperties properties, BeanFactory beanFactory, @Nullable SslBundles sslBundles,
			@Nullable RedisConnectionDetailsAdapter details) {
		this.properties = properties;
		this.beanFactory = beanFactory;
		this.sslBundles = sslBundles;
		this.details = details;
	}

	RedissonClientSource select(Function<RedisConnection, Supplier<RedissonClient>> factory) {
		RedisConnection own = SettingsRedisConnection.of(this.properties, this.sslBundles);
		if (own != null) {
			return RedissonClientSource.owned(factory.apply(own));
		}
		RedissonClient existing = (this.properties.clientBeanName() != null) ? named(this.properties.clientBeanName())
				: existing();
		if (existing != null) {
			return RedissonClientSource.existing(() -> existing);
		}
		RedisConnection connection = (this.details != null) ? this.details.read() : null;
		if (connection == null) {
			throw new RedisSettingsException("Nothing says which Redis keeps the locks.",
					"Set 'distributed-lock.redis.host' or 'distributed-lock.redis.url', "
							+ "or define a RedissonClient bean, or add spring-boot-data-redis and set 'spring.data.redis.host'. "
							+ "To keep the locks elsewhere, set 'distributed-lock.backend'.");
		}
		return RedissonClientSource.owned(factory.apply(connection));
	}

	private @Nullable RedissonClient existing() {
		try {
			return this.beanFactory.getBeanProvider(RedissonClient.class).getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new RedisSettingsException(
					"Several RedissonClient beans could keep the locks, and none is primary: "
							+ String.join(", ", names()) + ".",
					"Set '" + CLIENT_BEAN_NAME + "' to one of them, or mark one with @Primary.", ex);
		}
	}

	private RedissonClient named(String name) {
		try {
			return this.beanFactory.getBean(name, RedissonClient.class);
		}
		catch (NoSuchBeanDefinitionException ex) {
			if (!name.equals(ex.getBeanName())) {
				throw ex;
			}
			throw misnamed(name, "there is no such bean", ex);
		}
		catch (BeanNotOfRequiredTypeException ex) {
			throw misnamed(name, "that bean is no RedissonClient", ex);
		}
	}

	private RedisSettingsException misnamed(String name, String reason, Throwable cause) {
		List<String> names = names();
		return new RedisSettingsException("'" + CLIENT_BEAN_NAME + "' is '" + name + "', but " + reason + ".",
				(names.isEmpty()) ? "Define a RedissonClient bean of that name, or remove the setting."
						: "Set it to one of the RedissonClient beans: " + String.join(", ", names) + ".",
				cause);
	}

	private List<String> names() {
		return List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors((ListableBeanFactory) this.beanFactory,
				RedissonClient.class));
	}

}
