package io.github.distributedlock.backend.redisson;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import io.github.distributedlock.backend.redisson.RedisQuestion.Way;
import org.jspecify.annotations.Nullable;
import org.redisson.cluster.ClusterSlotRange;
import org.redisson.config.NameMapper;

/**
 * The lanes of a client: for each shard one for requests, one for renewals that come
 * alone, and one for bursts of renewals, so that neither a shard that does not answer nor
 * a burst delays anybody else, and no renewal waits behind requests.
 * <p>
 * In a cluster the shards are what it says about its slots. Until it has said so, or if
 * it must not, each question leaves at once and alone. A lane only says who leaves
 * together: the client finds the way, and follows redirections.
 */
final class Lanes {

	private final RedisLink link;

	private final boolean cluster;

	private final Company company;

	private final NameMapper names;

	private volatile NavigableMap<Integer, Shard> shards = new TreeMap<>();

	private Map<Set<String>, Shard> known = Map.of();

	/**
	 * Creates the lanes.
	 * @param prefix of records that nobody else uses
	 */
	Lanes(RedisLink link, String prefix) {
		this.link = link;
		this.cluster = link.client().getConfig().isClusterConfig();
		this.company = new Company(link, prefix);
		this.names = link.client().getConfig().getNameMapper();
		if (!this.cluster) {
			this.shards.put(0, newShard());
		}
	}

	private Shard newShard() {
		int renewals = (this.cluster) ? Lane.LONGEST_BATCH : Lane.MOST_RENEWALS;
		return new Shard(newLane(Lane.LONGEST_BATCH, Pace.OVERLAPPING), newLane(Lane.LONGEST_BATCH, Pace.OVERLAPPING),
				newLane(renewals, Pace.ONE_BY_ONE));
	}

	private Lane newLane(int longestBatch, int underWay) {
		return new Lane(longestBatch, new Pace(underWay, System::nanoTime), this::leave);
	}

	private void leave(List<RedisQuestion<?>> questions, Runnable arrived) {
		new Flight(this.link, this.company, questions, arrived).leave();
	}

	/**
	 * Sends questions, those of each shard together.
	 */
	void send(List<? extends RedisQuestion<?>> questions) {
		List<Lane> lanes = new ArrayList<>(1);
		for (RedisQuestion<?> question : questions) {
			Lane lane = lane(question);
			if (lane != null) {
				lane.add(question);
				if (!lanes.contains(lane)) {
					lanes.add(lane);
				}
			}
			else if (question.depart()) {
				leave(List.of(question), () -> {
				});
			}
		}
		lanes.forEach(Lane::depart);
	}

	private @Nullable Lane lane(RedisQuestion<?> question) {
		int slot = (this.cluster) ? HashSlot.of(this.names.map(question.route())) : 0;
		Entry<Integer, Shard> entry = this.shards.floorEntry(slot);
		if (entry == null) {
			return null;
		}
		return entry.getValue().lane(question.way());
	}

	/**
	 * Finds out what can be known before anything is sent. Blocks until the server has
	 * answered, or has not.
	 * @param timeout how long one answer may take, in milliseconds
	 * @return whether everything is known
	 */
	boolean prepare(long timeout) throws InterruptedException {
		return this.company.learn(timeout);
	}

	/**
	 * Asks a cluster for its shards, unless the look at its servers just did, and any
	 * other server what is not known yet. Blocks until there is an answer, or none.
	 * @param timeout how long one of them may take, in milliseconds
	 * @return whether it pays to ask again, because shards may change or nobody answered
	 */
	boolean learn(long timeout) throws InterruptedException {
		if (!this.cluster) {
			return !prepare(timeout);
		}
		Map<ClusterSlotRange, Set<String>> ranges = this.link.watch().shards().take(this.link.client(), timeout);
		if (!ranges.isEmpty()) {
			assign(ranges);
		}
		return true;
	}

	private void assign(Map<ClusterSlotRange, Set<String>> ranges) {
		NavigableMap<Integer, Shard> assigned = new TreeMap<>();
		Map<Set<String>, Shard> shardsByNodes = new HashMap<>();
		for (Entry<ClusterSlotRange, Set<String>> range : ranges.entrySet()) {
			Shard shard = shardsByNodes.computeIfAbsent(range.getValue(),
					(nodes) -> this.known.getOrDefault(nodes, newShard()));
			assigned.put(range.getKey().getStartSlot(), shard);
		}
		this.known = shardsByNodes;
		this.shards = assigned;
	}

	private record Shard(Lane requests, Lane renewals, Lane bursts) {

		Lane lane(Way way) {
			return switch (way) {
				case REQUEST -> this.requests;
				case RENEWAL -> this.renewals;
				case BURST -> this.bursts;
			};
		}

	}

}
