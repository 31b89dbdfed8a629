/*
 * The Lua scripts, each of them one step. They answer into the question of the node that
 * asks: `answer`, `number` (the first token, or a dead owner) and `waits` (others do).
 */

/* join.lua */
inline join(m) {
  if
  :: queue[0] == m + 1 || queue[1] == m + 1 || queue[2] == m + 1
  :: else ->
    if
    :: queue[0] == 0 -> queue[0] = m + 1
    :: else ->
      if
      :: queue[1] == 0 -> queue[1] = m + 1
      :: else -> queue[2] = m + 1
      fi
    fi
  fi
}

inline leave(m) {
  if
  :: queue[0] == m + 1 -> queue[0] = queue[1]; queue[1] = queue[2]; queue[2] = 0
  :: queue[1] == m + 1 -> queue[1] = queue[2]; queue[2] = 0
  :: queue[2] == m + 1 -> queue[2] = 0
  :: else
  fi
}

inline put(what, life) {
  record = what;
  ttl = life;
  lateRecord = false
}

/* PUBLISH: to a node that is there, and may be lost (world.pml). */
inline tellTurn(m) {
#ifdef HINTS
  nodes[m].turn = nodes[m].alive
#else
  skip
#endif
}
inline tellWanted(own) {
#ifdef HINTS
  if :: nodes[NODE_OF(own)].alive -> nodes[NODE_OF(own)].want = own :: else fi
#else
  skip
#endif
}

/* pass.lua: on one server PUBLISH counts who heard it; in a cluster it does not. */
inline pass() {
  do
  :: queue[0] == 0 -> put(FREE, 0); break
  :: else ->
    k = queue[0] - 1;
    leave(k);
    put(RESERVED(k), RESERVATION);
    isWaiting(k);
    tellTurn(k);
#ifdef CLUSTER
    if :: queue[0] != 0 -> tellTurn(queue[0] - 1) :: else fi;
    break
#else
    if :: nodes[k].alive -> break :: else fi
#endif
  od
}

/*
 * The highest token that anybody may still use. Only the order of tokens matters, so the
 * fence is moved down to it: what lies between was given out and is dead. So are tokens
 * of a grant whose deadline is over, which ends without using them.
 */
#define GIVES_TOKENS(j) (nodes[j].state == GRANTED || nodes[j].state == RENEWED)
#define UNUSABLE(j) (nodes[j].left == 0 && (nodes[j].state == GRANTED || nodes[j].until == 0))
inline highest() {
  top = LAST; j = 0;
  do
  :: j < NODES ->
    if :: GIVES_TOKENS(j) && UNUSABLE(j) -> nodes[j].first = 0; nodes[j].tokens = 0 :: else fi;
    if
    :: nodes[j].stock > 0 && nodes[j].until == 0 && (HELD(j) || nodes[j].phase == EXTENDING && nodes[j].left == 0) ->
      nodes[j].token = 0; nodes[j].stock = 0
    :: else
    fi;
    if :: nodes[j].stock > 0 && nodes[j].token + nodes[j].stock - 1 > top -> top = nodes[j].token + nodes[j].stock - 1 :: else fi;
    if :: GIVES_TOKENS(j) && nodes[j].first + nodes[j].tokens - 1 > top -> top = nodes[j].first + nodes[j].tokens - 1 :: else fi;
    j++
  :: else -> break
  od;
  if :: fence > top -> fence = top :: else fi
}

/* acquire.lua */
inline acquireScript(m, own, life, count, interested) {
  if
  :: record != FREE && record != own && record != RESERVED(m) ->
    answer = CONTENDED;
    number = (IS_HELD(record) && NODE_OF(record) == m -> record : NONE);
    if
    :: interested ->
      join(m);
      if :: queue[0] == m + 1 && IS_HELD(record) -> tellWanted(record) :: else fi
    :: else
    fi
  :: else ->
    answer = GRANTED;
    highest();
    number = fence + 1;
#if defined(FLUSH) && !defined(OMIT_FLOOR)
    if :: record != own && number <= top -> number = top + 1 :: else fi;
#endif
    reservesAbove(number);
    fence = number + count - 1;
    assert(fence < 100);
    if
    :: record != own || ttl < life -> put(own, life)
    :: else
    fi;
#ifndef OMIT_11
    leave(m);
#endif
    waits = queue[0] != 0;
    check()
  fi
}

/* renew.lua */
inline renewScript(own, life, count) {
  if
#ifndef OMIT_OWNER_CHECK
  :: record != own -> answer = LOST; number = 0
#endif
  :: else ->
    mayRenew(own);
    answer = RENEWED; number = 0;
#ifdef OMIT_1
    put(own, life);
#else
    if :: ttl < life -> put(own, life) :: else fi;
#endif
    if
    :: count > 0 && fence > 0 ->
      highest();
      number = fence + 1;
      reservesAbove(number);
#ifndef OMIT_3_FRESH
      fence = fence + count
#endif
    :: else
    fi;
    waits = queue[0] != 0;
    check()
  fi
}

/* release.lua */
inline releaseScript(m, own, rejoin) {
  if
  :: record != own -> answer = NOT_HELD
  :: else ->
    mayRelease();
    answer = RELEASED;
#ifndef OMIT_8
    if :: rejoin -> join(m) :: else fi;
#endif
    pass();
#ifdef OMIT_8
    if :: rejoin -> join(m) :: else fi;
#endif
    check()
  fi
}

/* withdraw.lua */
inline withdrawScript(m) {
  answer = WITHDRAWN;
  leave(m);
#ifndef OMIT_7_PASS
  if :: record == RESERVED(m) -> pass() :: else fi
#endif
}
