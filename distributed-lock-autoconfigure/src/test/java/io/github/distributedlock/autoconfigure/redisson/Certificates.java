package io.github.distributedlock.autoconfigure.redisson;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate authority and what it has signed, as PEM files, made by the JDK's
 * {@code keytool}.
 */
final class Certificates {

	private static final String PASSWORD = "changeit";

	private final Path directory;

	Certificates(Path directory) {
		this.directory = directory;
		keytool("ca", "-ext", "bc:c");
		writePem("ca");
	}

	/**
	 * Signs a certificate.
	 * @param name its name here, and its common name
	 * @param extensions its extensions, as {@code keytool} wants them
	 */
	void sign(String name, String... extensions) {
		List<String> arguments = new ArrayList<>(List.of("-signer", "ca"));
		for (String extension : extensions) {
			arguments.addAll(List.of("-ext", extension));
		}
		keytool(name, arguments.toArray(String[]::new));
		writePem(name);
	}

	/**
	 * Signs a certificate that was valid until yesterday.
	 */
	void signExpired(String name, String... extensions) {
		keytool(name,
				Stream
					.concat(Stream.of("-signer", "ca", "-startdate", "-3d"),
							Stream.of(extensions).flatMap((extension) -> Stream.of("-ext", extension)))
					.toArray(String[]::new));
		writePem(name);
	}

	/**
	 * Puts another certificate into the files of this one.
	 */
	void replace(String name, Certificates others, String other) {
		try {
			Files.copy(Path.of(others.certificate(other)), Path.of(certificate(name)),
					StandardCopyOption.REPLACE_EXISTING);
			Files.copy(Path.of(others.key(other)), Path.of(key(name)), StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String certificate(String name) {
		return this.directory.resolve(name + ".crt").toString();
	}

	String key(String name) {
		return this.directory.resolve(name + ".key").toString();
	}

	private void keytool(String name, String... further) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
						"-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD, "-keyalg",
						"EC", "-groupname", "secp256r1", "-validity", "2", "-alias", name, "-dname", "CN=" + name));
		command.addAll(List.of(further));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException("keytool failed: " + output);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void writePem(String name) {
		try (InputStream input = Files.newInputStream(store())) {
			KeyStore keyStore = KeyStore.getInstance("PKCS12");
			keyStore.load(input, PASSWORD.toCharArray());
			Files.writeString(Path.of(certificate(name)),
					pem("CERTIFICATE", keyStore.getCertificate(name).getEncoded()));
			Files.writeString(Path.of(key(name)),
					pem("PRIVATE KEY", keyStore.getKey(name, PASSWORD.toCharArray()).getEncoded()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Path store() {
		return this.directory.resolve("store.p12");
	}

	private static String pem(String type, byte[] content) {
		String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
	}

}
