package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.distributedlock.LockKey;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.OptionalOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.cluster.ClusterSlotRange;

/**
 * Asks each master which commands of the scripts the user may not call: each has a list
 * of users of its own.
 */
final class RightsQuestion {

	private static final String SCRIPT = LuaScript.read("check.lua");

	/** Finds a key in a range of a single slot, but for one time in five hundred. */
	private static final int MOST_KEYS = 100_000;

	private static final int SEGMENTS = 32;

	private final RecordNames names;

	private final Duration timeout;

	private final ClusterShards shards = new ClusterShards();

	private Map<ClusterSlotRange, Set<String>> known = Map.of();

	private List<String> routes = List.of();

	RightsQuestion(RecordNames names, Duration timeout) {
		this.names = names;
		this.timeout = timeout;
	}

	/**
	 * Returns what a cluster told of its shards when it was asked last.
	 */
	ClusterShards shards() {
		return this.shards;
	}

	/**
	 * Asks without waiting for the answers.
	 * @param client a client that is connected
	 * @return the commands that are refused, of one master each
	 */
	List<Future<List<Object>>> ask(RedissonClient client) throws InterruptedException {
		OptionalOptions options = OptionalOptions.defaults()
			.codec(StringCodec.INSTANCE)
			.timeout(this.timeout)
			.retryAttempts(0);
		RScript script = client.getScript(options);
		String channel = client.getTopic(this.names.channel("check"), StringCodec.INSTANCE).getChannelNames().get(0);
		findRoutes(client);
		return this.routes.stream().map((tag) -> ask(script, tag, channel)).toList();
	}

	private Future<List<Object>> ask(RScript script, String tag, String channel) {
		List<String> records = this.names.lockFenceQueue(tag);
		return script.evalAsync(records.get(0), RScript.Mode.READ_WRITE, SCRIPT, RScript.ReturnType.LIST,
				List.copyOf(records), channel);
	}

	/**
	 * Finds a key of each shard. They stay the same until the shards change.
	 */
	private void findRoutes(RedissonClient client) throws InterruptedException {
		if (!client.getConfig().isClusterConfig()) {
			this.routes = List.of(tag(0));
			return;
		}
		Map<ClusterSlotRange, Set<String>> told = this.shards.ask(client, this.timeout.toMillis());
		if (this.routes.isEmpty() || !told.equals(this.known)) {
			this.routes = (told.isEmpty()) ? routes(client, segments()) : routes(client, told);
			this.known = told;
		}
	}

	/**
	 * Where the shards are not told, equal parts of the slots stand for them.
	 */
	private static List<ClusterSlotRange> segments() {
		return IntStream.range(0, SEGMENTS)
			.mapToObj(
					(i) -> new ClusterSlotRange(HashSlot.COUNT / SEGMENTS * i, HashSlot.COUNT / SEGMENTS * (i + 1) - 1))
			.toList();
	}

	private List<String> routes(RedissonClient client, Map<ClusterSlotRange, Set<String>> ranges) {
		Map<Set<String>, ClusterSlotRange> largest = new HashMap<>();
		for (Entry<ClusterSlotRange, Set<String>> range : ranges.entrySet()) {
			largest.merge(range.getValue(), range.getKey(), (one, other) -> (size(one) >= size(other)) ? one : other);
		}
		return routes(client, largest.values());
	}

	private List<String> routes(RedissonClient client, Collection<ClusterSlotRange> ranges) {
		List<String> found = ranges.stream()
			.flatMap((range) -> IntStream.range(0, MOST_KEYS)
				.mapToObj(this::tag)
				.filter((tag) -> contains(range, slot(client, tag)))
				.limit(1))
			.toList();
		return (found.isEmpty()) ? List.of(tag(0)) : found;
	}

	private String tag(int number) {
		return this.names.tag(LockKey.of(ServerCheck.class.getName(), number));
	}

	private int slot(RedissonClient client, String tag) {
		return HashSlot.of(client.getConfig().getNameMapper().map(this.names.lockFenceQueue(tag).get(0)));
	}

	private static boolean contains(ClusterSlotRange range, int slot) {
		return range.getStartSlot() <= slot && slot <= range.getEndSlot();
	}

	private static int size(ClusterSlotRange range) {
		return range.getEndSlot() - range.getStartSlot();
	}

}
