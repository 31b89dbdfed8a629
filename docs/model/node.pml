/*
 * What the engine does on one node: KeyState, Answers, Tenure, Upkeep, Inquiry and
 * Compensations, in their words. Each is one step, as under the lock of a KeyQueue. The
 * node is `n`.
 */

/* KeyState.enter refuses who may not wait, when others are before it. */
#define BEHIND(n) (HELD(n) || nodes[n].phase == EXTENDING || nodes[n].phase == WAITING || TURNS(n) > 0 && nodes[n].phase != ASKING)

/* The local caller whose turn is next: Turns.first. */
#define FIRST(n) ((INSIDE(n, 0) && INSIDE(n, 1)) -> nodes[n].second : INSIDE(n, 1))
#define PATIENT(n) (INSIDE(n, 0) && !nodes[n].expired[0] || INSIDE(n, 1) && !nodes[n].expired[1])

/* Room to remember one more dead owner id: without it, a node is slow for a while. */
#if DEAD > 1
#define ROOM(n) (nodes[n].dead[0] == NONE || nodes[n].dead[1] == NONE)
#else
#define ROOM(n) (nodes[n].dead[0] == NONE)
#endif

/* Engine.nextNumber: an id that nothing refers to any more stands for one never used. */
inline newOwner() {
#ifdef OMIT_2
  chosen = OWNER(n, 0)
#else
  i = 0;
  do
  :: chosen = OWNER(n, i); got = (record == chosen || me.id == chosen || me.owner == chosen || me.renewing == chosen);
    j = 0;
    do
    :: j < DEAD -> got = got || me.dead[j] == chosen; j++
    :: else -> break
    od;
#if LATE
    j = 0;
    do
    :: j < LATE -> got = got || late[j].id == chosen; j++
    :: else -> break
    od;
#endif
#ifdef HINTS
    got = got || me.want == chosen;
#endif
    if :: got -> i++; assert(i < IDS) :: else -> break fi
  od
#endif
}

/*
 * Which ids a node uses makes no difference: they are counted in the order of their use,
 * so that states which differ by names alone are one.
 */
inline numberId(x) {
  if
  :: IS_HELD(x) && NODE_OF(x) == n && !name[x - OWNER(n, 0)] -> j++; name[x - OWNER(n, 0)] = j
  :: else
  fi
}
inline renameId(x) {
  if :: IS_HELD(x) && NODE_OF(x) == n -> x = OWNER(n, name[x - OWNER(n, 0)] - 1) :: else fi
}
inline nameAgain() {
#ifdef OMIT_2
  skip
#else
  i = 0; j = 0;
  do :: i < IDS -> name[i] = 0; i++ :: else -> break od;
  numberId(me.owner);
  numberId(me.id);
  numberId(me.renewing);
  numberId(record);
  i = 0;
  do :: i < DEAD -> numberId(me.dead[i]); i++ :: else -> break od;
#if LATE
  i = 0;
  do :: i < LATE -> numberId(late[i].id); i++ :: else -> break od;
#endif
#ifdef HINTS
  numberId(me.want);
#endif
  if :: me.state == CONTENDED -> numberId(me.first) :: else fi;
  renameId(me.owner);
  renameId(me.id);
  renameId(me.renewing);
  renameId(record);
  i = 0;
  do :: i < DEAD -> renameId(me.dead[i]); i++ :: else -> break od;
#if LATE
  i = 0;
  do :: i < LATE -> renameId(late[i].id); i++ :: else -> break od;
#endif
#ifdef HINTS
  renameId(me.want);
#endif
  if :: me.state == CONTENDED -> renameId(me.first) :: else fi
#endif
}

inline pose(kind_, id_, lease_, count, flag_) {
  me.kind = kind_;
  me.state = SENT;
  me.id = id_;
  me.lease = lease_;
  me.tokens = count;
  me.flag = flag_;
  me.first = 0;
  me.others = false;
  me.hinted = false
}

inline settleQuestion() {
  me.kind = NONE;
  me.state = NONE;
  me.id = NONE;
  me.lease = 0;
  me.left = 0;
  me.tokens = 0;
  me.first = 0;
  me.flag = false;
  me.others = false;
  highest();
  nameAgain()
}

/* Engine.compensate: have a dead owner id released. */
inline compensate(id_, lease_) {
  got = false; j = 0;
  do
  :: j < DEAD -> got = got || me.dead[j] == id_; j++
  :: else -> break
  od;
  j = 0;
  do
  :: got || j == DEAD -> break
  :: else ->
    if
    :: me.dead[j] == NONE ->
      me.dead[j] = id_;
#ifdef TICKS
      me.keep[j] = lease_;
#endif
      got = true
    :: else -> j++
    fi
  od
}

/* KeyState.ask */
inline ask() {
  me.phase = ASKING;
  newOwner();
  t = LEASE(FIRST(n));
  pose(ACQUIRE, chosen, t, TURNS(n), INTERESTED);
  me.left = t - MARGIN_
}

inline proceed() {
  if
  :: TURNS(n) > 0 -> ask()
  :: TURNS(n) == 0 && me.registered ->
#ifdef OMIT_7
    me.leaving = true;
    me.registered = false;
    me.phase = IDLE
#else
    me.phase = WITHDRAWING;
    pose(WITHDRAW, NONE, 0, 0, false)
#endif
  :: else -> me.phase = IDLE
  fi
}

/* KeyState.await and pause */
inline await() {
  if
  :: TURNS(n) > 0 -> me.phase = WAITING
  :: else -> proceed()
  fi
}

/* Turns.contended: those whose wait is over leave. */
inline contendedTurns() {
  i = 0;
  do
  :: i < 2 ->
    if :: me.call[i] == QUEUED && me.expired[i] -> away(i) :: else fi;
    i++
  :: else -> break
  od
}

inline away(who) {
  me.call[who] = AWAY;
  me.expired[who] = false;
  if :: TURNS(n) < 2 -> me.second = false :: else fi
}

inline enter(who, once) {
#if ROUNDS
  me.rounds[who]--;
#endif
  me.call[who] = QUEUED;
  me.expired[who] = once;
  me.second = (who == 0 && INSIDE(n, 1));
  if :: me.phase == IDLE -> ask() :: else fi
}

/* The wait ends without the lock: KeyState.cancel and expire. */
inline cancel(who) {
  away(who);
  if :: TURNS(n) == 0 && me.phase == WAITING -> proceed() :: else fi
}

/* Callers.outcome: the thread looks at the lease that it was given before it begins. */
inline begin(who) {
  mayBegin();
  me.call[who] = RUNNING
}

inline clearGrant() {
  me.owner = NONE;
  me.until = 0;
  me.longest = 0;
#ifndef OMIT_3
  me.token = 0;
  me.stock = 0;
#endif
  me.wanted = false;
  me.gone = false;
  highest()
}

/* LocalLease: takes a token. All others are moved, so that this one is LAST. */
inline takeToken() {
  number = me.token;
  usesToken(number);
  me.token++;
  me.stock--;
  if :: me.stock == 0 -> me.token = 0 :: else fi;
  if
  :: number > LAST ->
    number = number - LAST;
    j = 0;
    do
    :: j < NODES ->
      if :: nodes[j].token > number -> nodes[j].token = nodes[j].token - number :: else -> nodes[j].token = 0 fi;
      if
      :: nodes[j].state == GRANTED || nodes[j].state == RENEWED ->
        if :: nodes[j].first > number -> nodes[j].first = nodes[j].first - number :: else -> nodes[j].first = 0 fi
      :: else
      fi;
      j++
    :: else -> break
    od;
    if :: fence > number -> fence = fence - number :: else -> fence = (fence > 0) fi
  :: else
  fi
}

/* Tenure.hold */
inline hold() {
  t = FIRST(n);
  takeToken();
  me.call[t] = GIVEN;
  me.expired[t] = false;
  me.second = false;
  me.phase = HOLDING;
  check()
}

/* HeldGrant.longestLease: what the server may keep the record for, answered or not. */
inline asksFor(lease_) {
#ifndef OMIT_LONGEST
  if :: lease_ > me.longest -> me.longest = lease_ :: else fi
#else
  skip
#endif
}
inline confirms(lease_) {
#ifdef OMIT_LONGEST
  if :: lease_ > me.longest -> me.longest = lease_ :: else fi
#else
  skip
#endif
}

/* Tenure.handOn, with HeldGrant.lastsFor */
inline handOn() {
  if
  :: me.stock > 0 && 2 * me.until >= LEASE(FIRST(n)) -> hold()
  :: else ->
    me.phase = EXTENDING;
    t = LEASE(FIRST(n));
    asksFor(t);
    pose(EXTEND, me.owner, t, (me.stock > 0 -> 0 : TURNS(n)), false);
    me.left = t - MARGIN_
  fi
}

/* Tenure.release */
inline release() {
  got = (me.wanted && TURNS(n) > 0);
  me.phase = RELEASING;
  me.registered = got;
#ifdef UNANSWERED
  pose(RELEASE, me.owner, me.longest, 0, got);
#else
  pose(RELEASE, me.owner, 0, 0, got);
#endif
  clearGrant()
}

/* Tenure.giveOn: what was asked for `lease` goes to the first caller. */
inline giveOn(lease_) {
  if
  :: TURNS(n) == 0 || me.stock == 0 || me.until == 0 -> release()
  :: else ->
    if
    :: LEASE(FIRST(n)) <= lease_ -> hold()
    :: else -> handOn()
    fi
  fi
}

/* Answers.failed */
inline failed() {
  if
  :: TURNS(n) == 0 -> proceed()
  :: else -> me.phase = WAITING
  fi
}

/* Answers.acquired, Tenure.granted and unusable */
inline acquired() {
  if
  :: me.state == GRANTED ->
    me.registered = false;
    if
    :: me.left == 0 ->
      compensate(me.id, me.lease);
      settleQuestion();
      proceed()
    :: else ->
      me.owner = me.id;
      me.until = me.left;
      me.longest = me.lease;
#ifdef OMIT_3
      if
      :: me.stock == 0 -> me.token = me.first; me.stock = me.tokens
      :: else
      fi;
#else
      me.token = me.first;
      me.stock = me.tokens;
#endif
      me.wanted = me.others;
      chosen = me.lease;
      settleQuestion();
      giveOn(chosen);
      contendedTurns()
    fi
  :: else ->
    me.registered = me.registered || me.flag;
    if :: me.first != NONE -> compensate(me.first, me.lease) :: else fi;
    got = !me.flag;
#ifndef OMIT_6
    got = got || me.hinted;
#endif
    settleQuestion();
    waits = got;
    contendedTurns();
    if
    :: waits -> proceed()
    :: else -> await()
    fi
  fi
}

/* Tenure.extended */
inline extended() {
  if
  :: me.state == RENEWED && !me.gone ->
    if :: me.left > me.until -> me.until = me.left :: else fi;
    confirms(me.lease);
    if
    :: me.first > 0 -> me.token = me.first; me.stock = me.tokens
    :: else
    fi;
    me.wanted = me.others;
    chosen = me.lease;
    settleQuestion();
    giveOn(chosen)
  :: else ->
    clearGrant();
    settleQuestion();
    proceed()
  fi
}

/* KeyState.release and Tenure.end: `over` says that the slice is over. */
inline finish(over_) {
  t = HOLDER(n);
  away(t);
  if
  :: TURNS(n) == 0 || over_ -> release()
  :: else -> handOn()
  fi
}

/* Tenure.released */
inline released() {
  got = (me.state == RELEASED && me.flag);
  me.registered = got;
  settleQuestion();
#ifndef OMIT_6
  got = got && !me.hinted;
#endif
  if
  :: got -> await()
  :: else -> proceed()
  fi
}

/* Answers.withdrawn */
inline withdrawn() {
  me.registered = false;
  settleQuestion();
  proceed()
}

/*
 * KeyState.onDue: the question's time is over. If it was not sent until now it is
 * dropped, and surely had no effect.
 */
inline unanswered(mayHaveHappened) {
  if
  :: mayHaveHappened && me.kind == ACQUIRE ->
#ifndef OMIT_7_UNKNOWN
    me.registered = me.registered || me.flag;
#endif
    compensate(me.id, me.lease)
  :: me.kind == EXTEND -> compensate(me.owner, me.longest)
  :: me.kind == RELEASE -> compensate(me.id, me.lease)
  :: else
  fi;
  if :: me.kind == EXTEND -> clearGrant() :: else fi;
  if :: me.kind == WITHDRAW -> me.registered = false :: else fi;
  settleQuestion();
  failed()
}
