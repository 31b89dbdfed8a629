package io.github.distributedlock.autoconfigure.web;

import jakarta.servlet.Servlet;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Auto-configuration of what Spring MVC answers when a lock cannot be had.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Servlet.class, HandlerExceptionResolver.class })
public final class DistributedLockWebMvcAutoConfiguration {

	@Bean
	LockExceptionResolver distributedLockExceptionResolver() {
		return new LockExceptionResolver();
	}

}
