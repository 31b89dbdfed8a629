package io.github.distributedlock.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.distributedlock.interceptor.InvalidLockDeclarationException;
import io.github.distributedlock.interceptor.LockOperation;
import io.github.distributedlock.interceptor.LockOperationSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * The types of all beans, found without creating any but the products of factories that
 * have locked methods.
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

	/**
	 * Returns what a factory has made, or makes it now: whether it was made too early
	 * cannot be seen in any other way. Products without locked methods are left alone.
	 * @param name the name of the bean
	 * @return the product, or {@code null} if there is none to look at
	 */
	@Nullable Object product(String name) {
		Class<?> type = (singleton(name) instanceof FactoryBean) ? this.beanFactory.getType(name, false) : null;
		if (type == null || operations(type).isEmpty() || !this.beanFactory.isSingleton(name)) {
			return null;
		}
		try {
			return this.beanFactory.getBean(name);
		}
		catch (BeansException ex) {
			if (ex.contains(InvalidLockDeclarationException.class)) {
				throw ex;
			}
			logger.debug("The product of bean '" + name + "' is not known before it can be made", ex);
			return null;
		}
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
