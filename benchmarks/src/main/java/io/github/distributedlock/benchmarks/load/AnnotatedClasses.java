package io.github.distributedlock.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import net.bytebuddy.implementation.FixedValue;
import org.jspecify.annotations.Nullable;

/**
 * Classes with many methods that a person would write one by one.
 */
final class AnnotatedClasses {

	private AnnotatedClasses() {
	}

	/**
	 * Generates and loads classes with methods {@code String methodN(Order order)}.
	 * @param annotation what each method is annotated with, if anything
	 * @param classes how many classes
	 * @param methods how many methods each has
	 * @return the classes
	 * @throws ClassNotFoundException if they cannot be loaded
	 */
	static List<Class<?>> generate(@Nullable AnnotationDescription annotation, int classes, int methods)
			throws ClassNotFoundException {
		Map<String, byte[]> code = new LinkedHashMap<>();
		for (int i = 0; i < classes; i++) {
			String name = AnnotatedClasses.class.getPackageName() + ".generated.Service" + i;
			code.put(name, generate(name, annotation, methods).getBytes());
		}
		ClassLoader loader = new ByteArrayClassLoader(AnnotatedClasses.class.getClassLoader(), code,
				ByteArrayClassLoader.PersistenceHandler.MANIFEST);
		Thread.currentThread().setContextClassLoader(loader);
		List<Class<?>> loaded = new ArrayList<>();
		for (String name : code.keySet()) {
			loaded.add(Class.forName(name, true, loader));
		}
		return loaded;
	}

	private static DynamicType.Unloaded<Object> generate(String name, @Nullable AnnotationDescription annotation,
			int methods) {
		DynamicType.Builder<Object> type = new ByteBuddy().subclass(Object.class)
			.name(name)
			.modifiers(Visibility.PUBLIC);
		for (int i = 0; i < methods; i++) {
			DynamicType.Builder.MethodDefinition<Object> method = type
				.defineMethod("method" + i, String.class, Visibility.PUBLIC)
				.withParameter(Order.class, "order", 0)
				.intercept(FixedValue.value("done"));
			type = (annotation != null) ? method.annotateMethod(annotation) : method;
		}
		return type.make();
	}

}
