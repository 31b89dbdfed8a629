package io.github.distributedlock.autoconfigure.redisson;

import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.Assumptions;

/**
 * Starts servers that speak TLS on one port, and plain text for the tests on another.
 */
final class TlsRedis {

	private TlsRedis() {
	}

	/**
	 * Starts a server.
	 * @param certificates who signed its certificate
	 * @param port where it speaks TLS
	 * @param name the name of its certificate
	 * @param authenticateClients whether clients must have certificates, {@code yes} or
	 * {@code no}
	 * @param further more of its configuration
	 * @return the server; the test is skipped if this machine has none that can do TLS
	 */
	static RedisProcess launch(Certificates certificates, int port, String name, String authenticateClients,
			String... further) {
		List<String> arguments = new ArrayList<>(List.of("--tls-port", "" + port, "--tls-cert-file",
				certificates.certificate(name), "--tls-key-file", certificates.key(name), "--tls-ca-cert-file",
				certificates.certificate("ca"), "--tls-auth-clients", authenticateClients));
		arguments.addAll(List.of(further));
		try {
			return RedisProcess.launch(arguments.toArray(String[]::new));
		}
		catch (IllegalStateException ex) {
			boolean unable = String.valueOf(ex.getMessage()).contains("Bad directive");
			if (unable) {
				System.out.println("TLS IS NOT TESTED: this redis-server cannot do TLS. Put one that can on the PATH.");
			}
			Assumptions.assumeFalse(unable, "TLS IS NOT TESTED: this redis-server cannot do TLS");
			throw ex;
		}
	}

}
