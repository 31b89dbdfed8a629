package io.github.distributedlock.backend.redisson;

import org.redisson.api.RScript;

/**
 * A client that is connected, and what scripts must be told about it.
 *
 * @param scripts calls scripts, without repetition
 * @param channelPrefix what the server's name of a node's channel has before the node
 * @param channelSuffix what it has after the node
 * @param counted whether the number of receivers that the server reports for a message is
 * true
 */
record RedisLink(RScript scripts, String channelPrefix, String channelSuffix, boolean counted) {
}
