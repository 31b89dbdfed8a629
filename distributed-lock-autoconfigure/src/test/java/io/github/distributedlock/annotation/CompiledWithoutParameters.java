package io.github.distributedlock.annotation;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles a class whose parameters have no names.
 */
final class CompiledWithoutParameters {

	private CompiledWithoutParameters() {
	}

	static Class<?> compile(String source, String name) throws Exception {
		Path classes = Files.createTempDirectory("classes");
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"),
				JavaFileObject.Kind.SOURCE) {
			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return source;
			}
		};
		boolean compiled = compiler
			.getTask(null, null, null,
					List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")), null,
					List.of(file))
			.call();
		if (!compiled) {
			throw new IllegalStateException(name + " does not compile");
		}
		URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() },
				CompiledWithoutParameters.class.getClassLoader());
		return loader.loadClass(name);
	}

}
