package io.github.distributedlock.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.StaleTokenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a guard must do in every database, at every level of isolation. Transactions that
 * the database refuses because of others are done again, as their callers would.
 */
abstract class JdbcFencingContract {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final LockKey ORDER = LockKey.of("orders", 42);

	private static final String TABLE = JdbcFencingGuard.DEFAULT_TABLE_NAME;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger refusals = new AtomicInteger();

	private DataSource database;

	private JdbcTemplate jdbc;

	private JdbcFencingGuard guard;

	private TransactionTemplate transaction;

	private final Isolation isolation;

	JdbcFencingContract(Isolation isolation) {
		this.isolation = isolation;
	}

	/** A database that exists for this test alone, or that others have left. */
	abstract DataSource database();

	abstract String platform();

	/** How many sessions of the database wait for another one. */
	abstract String blockedSessions();

	@BeforeEach
	void createTables() {
		this.database = database();
		this.jdbc = new JdbcTemplate(this.database);
		this.jdbc.execute("DROP TABLE IF EXISTS " + TABLE);
		this.jdbc.execute("DROP TABLE IF EXISTS orders");
		this.jdbc.execute("CREATE TABLE orders (token BIGINT)");
		new ResourceDatabasePopulator(new ClassPathResource("schema-" + platform() + ".sql", JdbcFencingGuard.class))
			.execute(this.database);
		this.guard = new JdbcFencingGuard(this.database, TABLE);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(this.database));
		this.transaction.setIsolationLevel(this.isolation.value());
	}

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void refusesAStaleTokenAndTellsWhatItHasSeen() {
		write(7);
		assertThatExceptionOfType(StaleTokenException.class).isThrownBy(() -> write(6)).satisfies((stale) -> {
			assertThat(stale.getKey()).isEqualTo(ORDER);
			assertThat(stale.getToken()).isEqualTo(6);
			assertThat(stale.getSeenToken()).isEqualTo(7);
		}).withMessageContaining("'orders:42' is stale: it has seen 7");
		assertThat(written()).containsExactly(7L);
	}

	@Test
	void acceptsTheSameTokenAgainAndHigherOnes() {
		write(7);
		write(7);
		write(9);
		assertThat(written()).containsExactly(7L, 7L, 9L);
	}

	@Test
	void acceptsTheSameTokenTwiceInOneTransaction() {
		write(7, (status) -> this.guard.check(ORDER, 7));
		assertThat(written()).containsExactly(7L);
	}

	@Test
	void keepsResourcesApart() {
		write(7);
		this.transaction.executeWithoutResult((status) -> {
			this.guard.check(LockKey.of("orders", 43), 1);
			this.guard.check(LockKey.of("orders"), 2);
			this.guard.check("x".repeat(300) + "1", 3);
			this.guard.check("x".repeat(300) + "2", 2);
		});
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM " + TABLE, Integer.class)).isEqualTo(5);
	}

	@Test
	void rollbackGivesTheTokenBack() {
		write(7);
		write(9, TransactionStatus::setRollbackOnly);
		write(8);
		assertThat(written()).containsExactly(7L, 8L);
	}

	@Test
	void rollbackGivesTheFirstTokenBack() {
		write(9, TransactionStatus::setRollbackOnly);
		write(8);
		assertThat(written()).containsExactly(8L);
	}

	@Test
	void refusesToCheckWithoutATransaction() {
		assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> this.guard.check(ORDER, 7))
			.withMessageContaining("inside of a @Transactional method");
		TransactionTemplate none = new TransactionTemplate(this.transaction.getTransactionManager());
		none.setPropagationBehavior(TransactionTemplate.PROPAGATION_SUPPORTS);
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> none.executeWithoutResult((status) -> this.guard.check(ORDER, 7)));
	}

	@Test
	void refusesTheTransactionOfAnotherDatabase() {
		JdbcFencingGuard elsewhere = new JdbcFencingGuard(database(), TABLE);
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> elsewhere.check(ORDER, 7)));
	}

	@Test
	void olderTokenThatWaitsForANewerOneIsRefusedWhenThatCommits() {
		write(1);
		assertThat(waitsFor(9, false, 5)).isInstanceOf(StaleTokenException.class);
		assertThat(written()).containsExactly(1L, 9L);
	}

	@Test
	void olderTokenThatWaitsForANewerOneIsAcceptedWhenThatRollsBack() {
		write(1);
		assertThat(waitsFor(9, true, 5)).isNull();
		assertThat(written()).containsExactly(1L, 5L);
	}

	@Test
	void newerTokenThatWaitsForAnOlderOneIsAccepted() {
		write(1);
		assertThat(waitsFor(5, false, 9)).isNull();
		assertThat(written()).containsExactly(1L, 5L, 9L);
	}

	@Test
	void olderTokenThatWaitsForTheFirstUseOfAResourceIsRefused() {
		assertThat(waitsFor(9, false, 5)).isInstanceOf(StaleTokenException.class);
		assertThat(written()).containsExactly(9L);
	}

	@Test
	void newerTokenThatWaitsForTheFirstUseOfAResourceIsAccepted() {
		assertThat(waitsFor(5, false, 9)).isNull();
		assertThat(written()).containsExactly(5L, 9L);
	}

	@Test
	void tokenThatWaitsForAFirstUseThatRollsBackIsAccepted() {
		assertThat(waitsFor(9, true, 5)).isNull();
		assertThat(written()).containsExactly(5L);
	}

	@Test
	void concurrentFirstUsesNeverLetALowerTokenFollowAHigherOne() throws Exception {
		int callers = 6;
		CyclicBarrier together = new CyclicBarrier(callers);
		List<CompletableFuture<Void>> done = new ArrayList<>();
		for (int i = 1; i <= callers; i++) {
			long token = i;
			done.add(CompletableFuture.runAsync(() -> {
				pass(together);
				writeAgain(token);
			}, this.threads));
		}
		for (CompletableFuture<Void> one : done) {
			assertThat(one.handle((value, failure) -> failure).get(SOON.toSeconds(), TimeUnit.SECONDS)).satisfiesAnyOf(
					(none) -> assertThat(none).isNull(),
					(failure) -> assertThat(failure).hasCauseInstanceOf(StaleTokenException.class));
		}
		assertThat(written()).isSorted().endsWith((long) callers);
	}

	/**
	 * Has one transaction wait for another one.
	 * @return what became of the second one, {@code null} if it was accepted
	 */
	private Throwable waitsFor(long first, boolean rollsBack, long second) {
		CountDownLatch checked = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		CompletableFuture<Void> one = CompletableFuture.runAsync(() -> write(first, (status) -> {
			checked.countDown();
			pass(end);
			if (rollsBack) {
				status.setRollbackOnly();
			}
		}), this.threads);
		pass(checked);
		CompletableFuture<Void> two = CompletableFuture.runAsync(() -> writeAgain(second), this.threads);
		await().atMost(SOON)
			.until(() -> this.refusals.get() > 0 || this.jdbc.queryForObject(blockedSessions(), Integer.class) > 0);
		assertThat(two).isNotDone();
		end.countDown();
		one.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
		Throwable failure = two.handle((value, thrown) -> thrown).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

	private void write(long token) {
		write(token, (status) -> {
		});
	}

	/**
	 * Checks a token and writes it to the data, as an application does.
	 */
	private void write(long token, Consumer<TransactionStatus> then) {
		this.transaction.executeWithoutResult((status) -> {
			this.guard.check(ORDER, token);
			this.jdbc.update("INSERT INTO orders VALUES (?)", token);
			then.accept(status);
		});
	}

	private void writeAgain(long token) {
		while (true) {
			try {
				write(token);
				return;
			}
			catch (ConcurrencyFailureException ex) {
				assertThat(this.isolation).isNotEqualTo(Isolation.READ_COMMITTED);
				this.refusals.incrementAndGet();
			}
		}
	}

	private List<Long> written() {
		return this.jdbc.queryForList("SELECT token FROM orders", Long.class);
	}

	private static void pass(CountDownLatch latch) {
		try {
			assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void pass(CyclicBarrier barrier) {
		try {
			barrier.await(SOON.toSeconds(), TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
