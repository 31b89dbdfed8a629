package io.github.distributedlock.samples.orders.demo;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The database that all nodes share, served by this process.
 */
final class Database implements AutoCloseable {

	private final Server server;

	private final String url;

	private final JdbcClient jdbc;

	private Database(Server server) {
		this.server = server;
		this.url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		DriverManagerDataSource dataSource = new DriverManagerDataSource(this.url);
		new ResourceDatabasePopulator(new ClassPathResource("schema.sql"), new ClassPathResource("data.sql"))
			.execute(dataSource);
		this.jdbc = JdbcClient.create(dataSource);
	}

	static Database start() throws SQLException {
		System.setProperty("h2.bindAddress", "127.0.0.1");
		return new Database(Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start());
	}

	String url() {
		return this.url;
	}

	BigDecimal amountOf(long orderId) {
		return this.jdbc.sql("SELECT amount FROM orders WHERE id = ?").param(orderId).query(BigDecimal.class).single();
	}

	List<Payment> paymentsOf(long orderId) {
		return this.jdbc.sql("SELECT amount, node, token FROM payments WHERE order_id = ? ORDER BY id")
			.param(orderId)
			.query(Payment.class)
			.list();
	}

	@Override
	public void close() {
		this.jdbc.sql("SHUTDOWN").update();
		this.server.stop();
	}

	@Override
	public String toString() {
		return this.url.substring(0, this.url.indexOf("/mem:")) + " (started for this)";
	}

	/**
	 * A payment as it was booked.
	 *
	 * @param amount what was taken
	 * @param node the node that took it
	 * @param token the fencing token under which it was taken, if there was a lock
	 */
	record Payment(BigDecimal amount, String node, @Nullable Long token) {
	}

}
