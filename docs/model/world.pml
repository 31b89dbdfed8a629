/*
 * Network, clocks and faults, and what the keeper does against them.
 */

/* The server runs the request, whether anybody still waits for the answer or not. */
inline arrive() {
  answer = NONE; number = 0; waits = false;
  if
  :: me.kind == ACQUIRE -> acquireScript(n, me.id, me.lease, me.tokens, me.flag)
  :: me.kind == EXTEND -> renewScript(me.id, me.lease, me.tokens)
  :: me.kind == RELEASE -> releaseScript(n, me.id, me.flag)
  :: else -> withdrawScript(n)
  fi;
  if
  :: me.alive ->
    me.state = answer;
    me.first = number;
    me.others = waits;
    if :: me.first == 0 -> me.tokens = 0 :: else fi;
    if :: answer != GRANTED && answer != RENEWED -> me.left = 0 :: else fi
  :: else -> settleQuestion()
  fi
}

/* LeaseKeeper, RenewalPlan: a renewal is sent at any time while a caller holds. */
inline renew() {
  me.renewal = SENT;
  me.renewing = me.owner;
  me.renewed = LEASE(HOLDER(n));
  me.fresh = me.renewed - MARGIN_;
  asksFor(me.renewed)
}

inline forgetRenewal() {
  me.renewal = NONE;
  me.renewing = NONE;
  me.renewed = 0;
  me.fresh = 0;
  nameAgain()
}

inline renewalArrives() {
  answer = NONE; waits = false;
  renewScript(me.renewing, me.renewed, 0);
  if
  :: !me.alive || me.renewing != me.owner ->
    if :: record == me.renewing -> lateRecord = true :: else fi;
    forgetRenewal()
  :: else ->
    me.renewal = answer;
    me.heard = waits
  fi
}

/* Upkeep.renewed. What only others wait for is not asked (Upkeep.onDue, where it counts also
   what was passed on: more than here). */
inline renewalAnswered() {
  if
  :: me.renewal == RENEWED ->
    if :: me.fresh > me.until -> me.until = me.fresh :: else fi;
    confirms(me.renewed);
    if :: me.wanted || TURNS(n) > 0 -> me.wanted = me.heard :: else fi;
    forgetRenewal();
    check()
  :: else ->
    forgetRenewal();
    if
    :: HELD(n) ->
      t = HOLDER(n);
      away(t);
      clearGrant();
      proceed()
    :: else -> me.gone = true
    fi
  fi
}

/* Upkeep.loseIfOver */
inline lose() {
  compensate(me.owner, me.longest);
  t = HOLDER(n);
  away(t);
  clearGrant();
  proceed()
}

/* Compensations: "not held" is no end, because the release may have overtaken. */
inline undo(k_) {
  releaseScript(n, me.dead[k_], false);
#ifndef OMIT_4
  if :: answer == RELEASED -> me.dead[k_] = NONE; me.keep[k_] = 0; nameAgain() :: else fi
#else
  me.dead[k_] = NONE; me.keep[k_] = 0;
  nameAgain()
#endif
}

inline undone(k_) {
  mayForget(me.dead[k_]);
#if LATE
  j = 0;
  do
  :: j < LATE -> if :: late[j].id == me.dead[k_] -> late[j].over = true :: else fi; j++
  :: else -> break
  od;
#endif
  me.dead[k_] = NONE;
  nameAgain()
}

/* A node ends, or is paused for ever. What it has sent may still arrive. */
inline crash() {
  me.alive = false;
  me.phase = IDLE;
  me.call[0] = AWAY; me.call[1] = AWAY;
  me.expired[0] = false; me.expired[1] = false;
  me.second = false;
  me.registered = false;
  me.hinted = false;
  clearGrant();
  me.left = 0;
  if :: me.state != SENT -> settleQuestion() :: else fi;
  me.heard = false;
  me.fresh = 0;
  if :: me.renewal != SENT -> forgetRenewal() :: else fi;
  me.dead[0] = NONE; me.keep[0] = 0;
#if DEAD > 1
  me.dead[1] = NONE; me.keep[1] = 0;
#endif
#if ROUNDS
  me.rounds[0] = 0; me.rounds[1] = 0;
#endif
#ifdef HINTS
  me.turn = false; me.want = NONE;
#endif
}

#ifdef HINTS
/* KeyState.yourTurn */
inline yourTurn() {
  me.turn = false;
#ifndef OMIT_6
  me.hinted = (me.kind != NONE);
#endif
  if
  :: me.phase == WAITING -> ask()
  :: me.phase == IDLE -> me.registered = true; proceed()
  :: else
  fi
}

/* Engine.wanted, Tenure.wanted: an owner that is not known here is released, once. */
inline somebodyWaits() {
  t = me.want;
  me.want = NONE;
  if
  :: me.owner == t -> me.wanted = true
  :: me.owner != t && me.id == t -> me.others = (me.state == SENT || me.others)
  :: else -> releaseScript(n, t, false)
  fi
}
#endif

/* The server's clock and the nodes'. */
inline less(x) { if :: x > 0 -> x-- :: else fi }
inline tick() {
  if :: ttl > 0 -> ttl--; if :: ttl == 0 -> put(FREE, 0) :: else fi :: else fi;
  i = 0;
  do
  :: i < NODES ->
    less(nodes[i].until); less(nodes[i].left); less(nodes[i].fresh);
    less(nodes[i].keep[0]);
#if DEAD > 1
    less(nodes[i].keep[1]);
#endif
    i++
  :: else -> break
  od;
  check()
}

/* The server's clock may be ahead by the margin, in all the time that a record lives. */
inline expire() {
  put(FREE, 0);
  check()
}

/* The server loses its data, or is replaced by one that never had it. */
inline flush() {
  put(FREE, 0);
  fence = 0;
  queue[0] = 0; queue[1] = 0; queue[2] = 0
}

#if LATE
#if LATE > 1
#define LATE_ROOM (late[0].kind == NONE || late[1].kind == NONE)
#else
#define LATE_ROOM (late[0].kind == NONE)
#endif
inline keepLate() {
  i = (late[0].kind != NONE);
  late[i].kind = me.kind;
  late[i].from = n;
  late[i].id = me.id;
  late[i].lease = me.lease;
  late[i].tokens = me.tokens;
  late[i].flag = me.flag;
  late[i].over = false
}

inline lateForgotten(g) {
  late[g].kind = NONE;
  late[g].from = 0;
  late[g].id = NONE;
  late[g].lease = 0;
  late[g].tokens = 0;
  late[g].flag = false;
  late[g].over = false
}

inline lateArrives(g) {
  answer = NONE;
  if
  :: late[g].kind == ACQUIRE ->
    acquireScript(late[g].from, late[g].id, late[g].lease, late[g].tokens, late[g].flag);
    if
    :: answer == GRANTED ->
      lateRecord = true;
      isUndone(late[g].from, late[g].id, late[g].over)
    :: else
    fi
  :: late[g].kind == EXTEND ->
    renewScript(late[g].id, late[g].lease, late[g].tokens);
    if :: record == late[g].id -> lateRecord = true :: else fi
  :: late[g].kind == RELEASE -> releaseScript(late[g].from, late[g].id, late[g].flag)
  :: else -> withdrawScript(late[g].from)
  fi;
  lateForgotten(g)
}
#endif
