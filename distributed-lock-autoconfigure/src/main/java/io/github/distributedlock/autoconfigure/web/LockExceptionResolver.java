package io.github.distributedlock.autoconfigure.web;

import java.io.IOException;

import io.github.distributedlock.LockQueueFullException;
import io.github.distributedlock.LockRegistryShutdownException;
import io.github.distributedlock.LockUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.AbstractHandlerExceptionResolver;

/**
 * Answers with 503 what a later or another node may serve: the store is out, too many
 * wait, or this node shuts down. Asked last, so that every handler of the application
 * comes first. What contention means to a client is left to the application.
 */
final class LockExceptionResolver extends AbstractHandlerExceptionResolver {

	LockExceptionResolver() {
		setOrder(Ordered.LOWEST_PRECEDENCE);
	}

	@Override
	protected @Nullable ModelAndView doResolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (!isTemporary(ex) || response.isCommitted()) {
			return null;
		}
		try {
			response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		}
		catch (IOException failure) {
			this.logger.debug("The client is gone", failure);
			return null;
		}
		return new ModelAndView();
	}

	private static boolean isTemporary(Exception ex) {
		return ex instanceof LockUnavailableException || ex instanceof LockQueueFullException
				|| ex instanceof LockRegistryShutdownException;
	}

}
