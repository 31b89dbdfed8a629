package io.github.distributedlock.samples.orders.demo;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pays orders on two nodes at the same time, without the lock and with it, and says what
 * happened.
 *
 * @param out where the story is told
 * @param lockedPath the last part of the path to the payments that are expected to be
 * safe
 */
record Demo(PrintStream out, String lockedPath) {

	private static final long CONTROL = 1;

	private static final List<Long> ORDERS = List.of(2L, 3L, 4L);

	private static final int TIMES = 4;

	/**
	 * Runs the demo.
	 * @param args the directory for the logs of the nodes
	 * @throws Exception if it cannot be run
	 */
	public static void main(String[] args) throws Exception {
		System.exit(new Demo(System.out, "payments").run(Path.of(args[0])));
	}

	/**
	 * Tells the story.
	 * @param logs the directory for the logs of the nodes
	 * @return zero if no order was paid twice under the lock and the money adds up
	 */
	int run(Path logs) throws Exception {
		try (Redis redis = Redis.start(); Database database = Database.start()) {
			Map<String, String> properties = new HashMap<>(redis.properties());
			properties.put("spring.datasource.url", database.url());
			properties.put("distributed-lock.namespace", "orders-demo");
			properties.put("orders.think-time", "250ms");
			try (NodeProcess a = NodeProcess.start("A", logs, properties);
					NodeProcess b = NodeProcess.start("B", logs, properties)) {
				print("", "One shop, two nodes, one database. Customers click 'pay' twice, on any node.", "");
				print("  Redis     " + redis, "  Database  " + database);
				print("  Node A    " + a.url() + ", process " + a.pid(),
						"  Node B    " + b.url() + ", process " + b.pid());
				Customers customers = new Customers(List.of(a.url(), b.url()));
				customers.warmUp();
				List<String> findings = new ArrayList<>(payWithoutLock(customers, database));
				findings.addAll(payWithLock(customers, database));
				return conclude(findings);
			}
		}
	}

	private List<String> payWithoutLock(Customers customers, Database database) throws Exception {
		print("", "1. WITHOUT the lock: " + TIMES + " requests for order " + CONTROL + " at the same moment", "");
		List<Visit> visits = customers.pay(List.of(CONTROL), TIMES, "unlocked-payments");
		printVisits(visits);
		Audit audit = Audit.of(CONTROL, database, visits);
		print("", "   " + audit.payments().size() + " payments booked for one order: " + audit.taken()
				+ " taken, it costs " + audit.amount() + ".");
		return (audit.payments().size() > 1) ? List.of()
				: List.of("Nothing went wrong without the lock, so this run proves nothing: run it again");
	}

	private List<String> payWithLock(Customers customers, Database database) throws Exception {
		print("", "2. WITH @DistributedLock(key = \"#orderId\"): " + TIMES + " requests for each of " + ORDERS.size()
				+ " orders at the same moment", "");
		List<Visit> visits = customers.pay(ORDERS, TIMES, this.lockedPath);
		printVisits(visits);
		List<Audit> audits = ORDERS.stream().map((order) -> Audit.of(order, database, visits)).toList();
		int payments = audits.stream().mapToInt((audit) -> audit.payments().size()).sum();
		BigDecimal costs = audits.stream().map(Audit::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
		BigDecimal taken = audits.stream().map(Audit::taken).reduce(BigDecimal.ZERO, BigDecimal::add);
		long refused = visits.stream().filter((visit) -> !visit.receipt().paid()).count();
		print("", "   " + payments + " payments booked for " + ORDERS.size() + " orders, " + refused
				+ " requests refused: " + taken + " taken, they cost " + costs + ".");
		return audits.stream().flatMap((audit) -> audit.findings().stream()).toList();
	}

	private int conclude(List<String> findings) {
		print("");
		if (findings.isEmpty()) {
			print("No order was paid twice under the lock, and the money adds up.", "");
			return 0;
		}
		findings.forEach((finding) -> print("WRONG: " + finding));
		return 1;
	}

	private void printVisits(List<Visit> visits) {
		Timeline timeline = Timeline.of(visits);
		this.out.printf("   order node  waited    held  %-32s %-16s%n",
				". waits, # works, " + timeline.column().toMillis() + " ms each", "fencing token");
		for (Visit visit : visits) {
			String token = (visit.receipt().token() != null) ? visit.receipt().token().toString() : "none";
			this.out.printf("   %4d  %-3s %5d ms %4d ms  %s %-16s %s%n", visit.receipt().orderId(),
					visit.receipt().node(), visit.waited().toMillis(), visit.held().toMillis(), timeline.draw(visit),
					token, (visit.receipt().paid()) ? "PAID" : "refused: already paid");
		}
	}

	private void print(String... lines) {
		for (String line : lines) {
			this.out.println(line);
		}
	}

}
