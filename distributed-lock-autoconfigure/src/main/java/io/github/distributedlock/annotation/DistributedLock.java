package io.github.distributedlock.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockUnavailableException;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Lets at most one holder in the whole fleet run a method at a time. <pre class="code">
 * &#64;DistributedLock(key = "#order.id", lease = "30s")
 * public Receipt pay(Order order) { … }</pre>
 * <p>
 * On a class or an interface it means each public method, except {@code equals},
 * {@code hashCode}, {@code toString} and life-cycle callbacks. It may be used as a
 * meta-annotation, whose attributes then override with {@link AliasFor}.
 * <p>
 * Only calls from other beans are locked, as with every annotation of Spring that works
 * through proxies. Mistakes in it are refused when the application starts.
 */
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface DistributedLock {

	/**
	 * Alias for {@link #key}.
	 * @return the expression
	 */
	@AliasFor("key")
	String value() default "";

	/**
	 * Which lock, as an expression of the Spring Expression Language with the variables
	 * of {@code @Cacheable}: {@code #order.id}, {@code #p0}, {@code #a0},
	 * {@code #root.method}, {@code #root.methodName}, {@code #root.target},
	 * {@code #root.targetClass}, {@code #root.args}, {@code @bean}. Text stands in single
	 * quotes.
	 * <p>
	 * Its value is a {@code String}, an integer, a boolean, a {@code BigDecimal}, an
	 * enum, a {@code UUID}, a value of {@code java.time}, or a record made of those.
	 * @return the expression; none by default, so that the name says it all
	 */
	@AliasFor("value")
	String key() default "";

	/**
	 * What is locked: static and of low cardinality, with <code>${…}</code> placeholders.
	 * Methods with the same name and key share the lock.
	 * @return the name; by default the fully qualified name of the class that carries the
	 * annotation or declares the annotated method, and without a {@link #key} followed by
	 * the method's name. A renamed class is a new lock
	 */
	String name() default "";

	/**
	 * How long to wait at most while somebody else holds the lock, as in {@code 500ms},
	 * {@code PT5S} or <code>${orders.wait}</code>. {@code 0s} tries once.
	 * @return the time; {@code 0s} by default with {@link OnContention#SKIP}, else
	 * {@code distributed-lock.wait-time}
	 */
	String waitTime() default "";

	/**
	 * How long the store keeps the lock if this node dies or is cut off, as in
	 * {@code 30s}, {@code PT30S} or <code>${orders.lease}</code>; at least 500 ms.
	 * @return the time; {@code distributed-lock.lease} by default
	 */
	String lease() default "";

	/**
	 * Whether the lease is renewed while the method runs. Otherwise the lock ends after
	 * {@link #lease}, whatever the method does.
	 * @return whether to renew
	 */
	boolean renew() default true;

	/**
	 * What happens if somebody else holds the lock for the whole wait time.
	 * @return what to do
	 */
	OnContention onContention() default OnContention.THROW;

	/**
	 * What happens if the store cannot be reached.
	 * @return what to do
	 */
	OnUnavailable onUnavailable() default OnUnavailable.DEFAULT;

	/**
	 * What happens if the lock is lost while the method runs.
	 * @return what to do
	 */
	OnLost onLost() default OnLost.DEFAULT;

	/**
	 * What a contended method does.
	 */
	enum OnContention {

		/**
		 * The caller gets a {@link LockNotAcquiredException}.
		 */
		THROW,

		/**
		 * The method does not run: the caller gets {@code null}, an empty optional, or
		 * nothing from a {@code void} method.
		 */
		SKIP

	}

	/**
	 * What a method does if the store cannot be reached.
	 */
	enum OnUnavailable {

		/**
		 * As {@code distributed-lock.on-unavailable} says.
		 */
		DEFAULT,

		/**
		 * The method does not run: the caller gets a {@link LockUnavailableException}.
		 */
		FAIL_CLOSED,

		/**
		 * The method runs unprotected across nodes, still one at a time within this one.
		 */
		FAIL_OPEN

	}

	/**
	 * What happens to a running method whose lock was lost.
	 */
	enum OnLost {

		/**
		 * As {@code distributed-lock.on-lost} says.
		 */
		DEFAULT,

		/**
		 * The caller gets a {@link LockLostException} when the method returns.
		 */
		THROW,

		/**
		 * The method's thread is interrupted at once, then as with {@link #THROW}.
		 */
		INTERRUPT

	}

}
