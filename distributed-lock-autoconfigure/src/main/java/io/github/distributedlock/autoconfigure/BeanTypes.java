package io.github.distributedlock.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.distributedlock.interceptor.LockOperation;
import io.github.distributedlock.interceptor.LockOperationSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * The types of all beans, found without creating any.
 *
 * @param beanFactory the factory
 * @param source knows which methods are locked
 */
record BeanTypes(DefaultListableBeanFactory beanFactory, LockOperationSource source) {

	private static final Log logger = LogFactory.getLog(BeanTypes.class);

	Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			if (!this.beanFactory.getMergedBeanDefinition(name).isAbstract()) {
				names.add(name);
			}
		}
		names.addAll(List.of(this.beanFactory.getSingletonNames()));
		return names;
	}

	/**
	 * Returns the type of a bean, and if it is a factory's product, the factory's too.
	 * @param name the name of the bean
	 * @return the types, as far as they are known before the bean exists
	 */
	Set<Class<?>> of(String name) {
		Set<Class<?>> types = new LinkedHashSet<>();
		addType(types, name);
		if (this.beanFactory.isFactoryBean(name)) {
			addType(types, BeanFactory.FACTORY_BEAN_PREFIX + name);
		}
		return types;
	}

	private void addType(Set<Class<?>> types, String name) {
		try {
			Class<?> type = this.beanFactory.getType(name, false);
			if (type != null) {
				types.add(type);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The type of bean '" + name + "' is not known before it is created", ex);
		}
	}

	@Nullable Object singleton(String name) {
		return this.beanFactory.containsSingleton(name) ? this.beanFactory.getSingleton(name) : null;
	}

	Collection<LockOperation> operations(Class<?> type) {
		try {
			return this.source.getOperations(type);
		}
		catch (IllegalStateException | LinkageError ex) {
			logger.debug("The methods of " + type.getName() + " are not known before a bean of it is created", ex);
			return List.of();
		}
	}

}
