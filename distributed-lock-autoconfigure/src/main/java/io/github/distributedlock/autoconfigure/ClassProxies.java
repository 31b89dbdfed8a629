package io.github.distributedlock.autoconfigure;

import java.util.function.BooleanSupplier;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.ProxyConfig;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Tells whether beans are proxied by subclasses even if they have interfaces.
 *
 * @param beanFactory the factory
 */
record ClassProxies(DefaultListableBeanFactory beanFactory) implements BooleanSupplier {

	@Override
	public boolean getAsBoolean() {
		return isSet(AutoProxyUtils.DEFAULT_PROXY_CONFIG_BEAN_NAME)
				|| isSet(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME);
	}

	private boolean isSet(String beanName) {
		return this.beanFactory.containsBean(beanName)
				&& this.beanFactory.getBean(beanName) instanceof ProxyConfig config && config.isProxyTargetClass();
	}

}
