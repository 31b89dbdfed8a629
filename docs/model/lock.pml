/*
 * One lock, NODES nodes with two local callers each, and a Redis server.
 *
 * What exists is here: constants, the state, and the events that change it. What an
 * event does is in scripts.pml (the Lua scripts) and node.pml (the engine's queue of a
 * key); what must never happen is in promises.pml. README.md says how to read a run.
 *
 * Configurations (-D): NODES, ROUNDS (0: callers come again for ever), TICKS (time may
 * pass at any moment), TIMERS (time passes when nothing else can happen), HINTS, LATE
 * (requests that arrive after they were given up), CRASH, FLUSH, and OMIT_... for a rule
 * that is left out.
 */
#ifndef NODES
#define NODES 2
#endif
#ifndef ROUNDS
#define ROUNDS 0
#endif
#ifndef LATE
#define LATE 0
#endif
#ifndef CALLERS
#define CALLERS 2		/* of node 0 */
#endif
#ifndef OTHERS
#define OTHERS CALLERS		/* of each other node */
#endif
#ifndef KEEPERS
#define KEEPERS NODES		/* nodes that renew */
#endif
#ifndef DEAD
#define DEAD 1			/* dead owner ids that a node has released at a time */
#endif
#ifndef IDS
#define IDS 5
#endif

/* Time, in ticks: the lease of caller 0 and of caller 1, and the margin for clock rates. */
#ifndef LONG
#define LONG 3
#endif
#ifndef SHORT
#define SHORT 2
#endif
#define MARGIN 1
#define RESERVATION 1

/*
 * Every event is one step. COVER: its parts are steps, so that those never taken are
 * seen. SHORTEST: without variables that a breadth-first search does not know.
 */
#ifdef COVER
#define STEP atomic
#else
#define STEP d_step
#endif
#if defined(COVER) || defined(SHORTEST)
#define SCRATCH
#else
#define SCRATCH hidden
#endif

/* Events that happened, by line, for `check`: outside of the state. */
#if defined(COVER) || defined(SHORTEST)
#define SEEN skip
#else
#define SEEN c_code { seen[__LINE__] = 1; }
c_decl {
\#include <stdlib.h>
char seen[1000];
void tellSeen(void) { int l; for (l = 0; l < 1000; l++) if (seen[l]) printf("seen %d\n", l); }
}
#endif

#define FREE 0
#define OWNER(n, s) (1 + (n) * IDS + (s))
#define NODE_OF(owner) (((owner) - 1) / IDS)
#define RESERVED(n) (1 + NODES * IDS + (n))
#define IS_HELD(r) ((r) > FREE && (r) < RESERVED(0))
#define LEASE(c) ((c) == 0 -> LONG : SHORT)

/* Phase of a key on a node. */
#define IDLE 0
#define ASKING 1
#define WAITING 2
#define HOLDING 3
#define EXTENDING 4
#define RELEASING 5
#define WITHDRAWING 6

/* A caller: not here, in the local queue, given the lease, running the method. */
#define AWAY 0
#define QUEUED 1
#define GIVEN 2
#define RUNNING 3

/* A request and its answer. */
#define NONE 0
#define ACQUIRE 1
#define EXTEND 2
#define RELEASE 3
#define WITHDRAW 4
#define SENT 1
#define GRANTED 2
#define CONTENDED 3
#define RENEWED 4
#define LOST 5
#define RELEASED 6
#define NOT_HELD 7
#define WITHDRAWN 8
#define REFUSED 9
#define ANSWERED(state) ((state) > SENT)

/* The server: the three records of the lock. */
byte record = FREE;		/* an owner, a reservation, or nothing */
byte ttl;			/* how long the record lives on, by the server's clock */
byte fence;			/* last token given out */
byte queue[3];			/* nodes that wait, plus one; the head first */

typedef Node {
  bit alive;
  byte phase;
  byte call[2];			/* the callers */
  bit expired[2];		/* their wait is over, they stay for the answer under way */
  bit second;			/* of two callers in the queue, caller 1 came first */
  bit registered;		/* the server may remember that this node waits */
  bit hinted;			/* "your turn" was heard since the last question */
  /* the question under way */
  byte kind;
  byte state;			/* SENT, or the answer */
  byte id;
  byte lease;
  byte left;			/* until the deadline of what it grants */
  byte tokens;			/* asked for; then the number that was granted */
  byte first;			/* first token granted, or a dead owner of this node that holds */
  bit flag;			/* interested, or rejoin */
  bit others;			/* another node waits */
  /* the grant */
  byte owner;
  byte until;			/* until its deadline, by this node's clock */
  byte longest;
  byte token;			/* next token, and how many are left */
  byte stock;
  bit wanted;
  bit gone;
  /* the keeper's renewal */
  byte renewal;			/* SENT, or the answer */
  byte renewing;		/* the owner id that it renews */
  byte renewed;			/* the lease */
  byte fresh;			/* until the deadline that it confirms */
  bit heard;			/* it was answered that another node waits */
  /* owner ids that are released in the background, and until when */
  byte dead[DEAD];
  byte keep[DEAD];
#ifdef OMIT_7
  bit leaving;			/* a withdrawal that nobody waits for */
#endif
#if ROUNDS
  byte rounds[2];
#endif
#ifdef HINTS
  bit turn;			/* "your turn" is on its way */
  byte want;			/* "somebody waits for what this owner holds" is */
#endif
}

Node nodes[NODES];

#if LATE
/* A request that was given up, and may arrive at any time, or never. */
typedef Request {
  byte kind;
  byte from;
  byte id;
  byte lease;
  byte tokens;
  bit flag;
  bit over;			/* its compensation ended with its lease */
}
Request late[LATE];
#endif

/* How many things may still go wrong. */
#ifdef FAULTS
byte faults = FAULTS;
#define FAULT_LEFT (faults > 0)
#define SPEND faults--
#else
#define FAULT_LEFT true
#define SPEND skip
#endif

byte broken;
bit lateRecord;			/* the record was last written by a late request */

SCRATCH byte i, j, k, t, top, chosen, answer, got, number;
SCRATCH byte waits;
SCRATCH byte name[IDS];

#define me nodes[n]
#define INSIDE(n, c) (nodes[n].call[c] == QUEUED)
#define COMES(n) ((n) == 0 && CALLERS > 1 || (n) > 0 && OTHERS > 1)
#define TURNS(n) (INSIDE(n, 0) + INSIDE(n, 1))
#define HOLDER(n) (nodes[n].call[0] > QUEUED -> 0 : 1)
#define HELD(n) (nodes[n].phase == HOLDING)
#define VALID(n) (HELD(n) && nodes[n].until > 0)

#include "limits.pml"
#include "promises.pml"
#include "scripts.pml"
#include "node.pml"
#include "world.pml"

/* What happens at one node, and to its requests. */
proctype node(byte n) {
end:
  do
  /* callers */
  :: STEP { me.alive && me.call[0] == AWAY && MAY_COME(0) -> SEEN; enter(0, false) }
  :: STEP { me.alive && me.call[1] == AWAY && COMES(n) && MAY_COME(1) -> SEEN; enter(1, false) }
#ifdef TRY
  :: STEP { me.alive && me.call[0] == AWAY && MAY_COME(0) && !BEHIND(n) -> SEEN; enter(0, true) }
  :: STEP { me.alive && me.call[1] == AWAY && COMES(n) && MAY_COME(1) && !BEHIND(n) -> SEEN; enter(1, true) }
#endif
  :: STEP { me.alive && INSIDE(n, 0) && MAY_CANCEL -> SEEN; CANCEL; cancel(0) }
  :: STEP { me.alive && INSIDE(n, 1) && MAY_CANCEL -> SEEN; CANCEL; cancel(1) }
  :: STEP { me.alive && me.call[0] == GIVEN && VALID(n) -> SEEN; begin(0) }
  :: STEP { me.alive && me.call[1] == GIVEN && VALID(n) -> SEEN; begin(1) }
  :: STEP { me.alive && HELD(n) && VALID(n) && me.call[HOLDER(n)] == RUNNING -> SEEN; finish(false) }
  :: STEP { me.alive && HELD(n) && VALID(n) && me.call[HOLDER(n)] == RUNNING && me.wanted && TURNS(n) > 0 -> SEEN; finish(true) }
  /* answers */
  :: STEP { me.alive && me.kind == ACQUIRE && ANSWERED(me.state) && ROOM(n) -> SEEN; acquired() }
  :: STEP { me.alive && me.kind == EXTEND && ANSWERED(me.state) -> SEEN; extended() }
  :: STEP { me.alive && me.kind == RELEASE && ANSWERED(me.state) -> SEEN; released() }
  :: STEP { me.alive && me.kind == WITHDRAW && ANSWERED(me.state) -> SEEN; withdrawn() }
  /* requests that arrive at the server */
  :: STEP { me.state == SENT -> SEEN; arrive() }
#ifdef TICKS
  /* time at this node */
  :: STEP { me.alive && me.phase == WAITING -> SEEN; ask() }
  :: STEP { me.alive && HELD(n) && me.until == 0 && ROOM(n) -> SEEN; lose() }
  :: STEP { me.alive && VALID(n) && me.renewal == NONE && n < KEEPERS -> SEEN; renew() }
  :: STEP { me.renewal == SENT -> SEEN; renewalArrives() }
  :: STEP { me.alive && ANSWERED(me.renewal) && (!VALID(n) || me.renewing != me.owner) && me.phase != EXTENDING -> SEEN; forgetRenewal() }
  :: STEP { me.alive && ANSWERED(me.renewal) && (VALID(n) || me.phase == EXTENDING) && me.renewing == me.owner -> SEEN; renewalAnswered() }
  :: STEP { me.renewal != NONE -> SEEN; forgetRenewal() }
#endif
#ifdef TIMERS
  :: me.alive && me.phase == WAITING && MAY_POLL -> STEP { SEEN; ask() }
#endif
#ifdef UNANSWERED
  :: STEP { me.alive && me.kind != NONE && ROOM(n) && FAULT_LEFT -> SEEN; SPEND; unanswered(true) }
  :: STEP { me.alive && me.kind != NONE && me.state == SENT && (ROOM(n) || me.kind == ACQUIRE || me.kind == WITHDRAW) && FAULT_LEFT -> SEEN; SPEND; unanswered(false) }
#if LATE
  :: STEP { me.alive && me.kind != NONE && me.state == SENT && ROOM(n) && LATE_ROOM && FAULT_LEFT -> SEEN; SPEND; keepLate(); unanswered(true) }
#ifdef OMIT_5
  :: STEP { me.alive && me.kind != NONE && me.kind == ACQUIRE && me.state == SENT && LATE_ROOM && FAULT_LEFT -> SEEN; SPEND; keepLate(); unanswered(false) }
#endif
#endif
  :: STEP { me.alive && UNDOES(0) -> SEEN; undo(0) }
#ifdef TICKS
  :: STEP { me.alive && me.dead[0] != NONE && me.keep[0] == 0 -> SEEN; undone(0) }
#endif
#if DEAD > 1
  :: STEP { me.alive && UNDOES(1) -> SEEN; undo(1) }
#ifdef TICKS
  :: STEP { me.alive && me.dead[1] != NONE && me.keep[1] == 0 -> SEEN; undone(1) }
#endif
#endif
#endif
#ifdef CRASH
  :: STEP { me.alive && FAULT_LEFT -> SEEN; SPEND; crash() }
#endif
#ifdef HINTS
  :: STEP { me.alive && me.turn -> SEEN; me.turn = false; yourTurn() }
  :: STEP { me.alive && me.want != NONE -> SEEN; somebodyWaits() }
#ifdef LOSSY
  :: STEP { me.turn && FAULT_LEFT -> SEEN; SPEND; me.turn = false }
  :: STEP { me.want != NONE && FAULT_LEFT -> SEEN; SPEND; me.want = NONE }
#endif
#endif
#ifdef OMIT_7
  :: STEP { me.leaving -> SEEN; me.leaving = false; withdrawScript(n) }
#endif
  od
}

/* What happens to everybody. */
proctype world() {
end:
  do
#ifdef TICKS
  :: STEP { TIME_MATTERS -> SEEN; tick() }
  :: STEP { record != FREE && ttl <= MARGIN -> SEEN; expire() }
#endif
#ifdef FLUSH
  :: STEP { record != FREE && FAULT_LEFT -> SEEN; SPEND; flush() }
#endif
#if LATE
  :: STEP { late[0].kind != NONE -> SEEN; lateArrives(0) }
  :: STEP { late[0].kind != NONE -> SEEN; lateForgotten(0) }
#if LATE > 1
  :: STEP { late[1].kind != NONE -> SEEN; lateArrives(1) }
  :: STEP { late[1].kind != NONE -> SEEN; lateForgotten(1) }
#endif
#endif
#ifdef TIMERS
  :: timeout && EXPIRABLE -> STEP { SEEN; expire() }
#endif
#if ROUNDS
  :: QUIET -> STEP { SEEN; atTheEnd() }
#endif
  od
}

init {
  atomic {
#if !defined(COVER) && !defined(SHORTEST)
    c_code { atexit(tellSeen); }
#endif
    byte m = 0;
    do
    :: m < NODES ->
      nodes[m].alive = true;
#if ROUNDS
      nodes[m].rounds[0] = ROUNDS;
      nodes[m].rounds[1] = ROUNDS * COMES(m);
#endif
      run node(m);
      m++
    :: else -> break
    od;
    m = 0;
    fence = LAST;
    CHOOSE_BUDGETS
    run world()
  }
}
