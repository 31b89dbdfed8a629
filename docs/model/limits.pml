/*
 * What may happen in a configuration, and how often.
 */
#ifdef OMIT_MARGIN
#define MARGIN_ 0
#else
#define MARGIN_ MARGIN
#endif

#if ROUNDS
#define MAY_COME(c) (me.rounds[c] > 0)
#else
#define MAY_COME(c) true
#endif

#ifdef CANCELS
byte cancels = CANCELS;
#define MAY_CANCEL (cancels > 0)
#define CANCEL cancels--
#else
#define MAY_CANCEL true
#define CANCEL skip
#endif

#if defined(FAULTS) && defined(CANCELS)
#define CHOOSE_BUDGETS FEWER(faults) FEWER(cancels)
#elif defined(FAULTS)
#define CHOOSE_BUDGETS FEWER(faults)
#elif defined(CANCELS)
#define CHOOSE_BUDGETS FEWER(cancels)
#else
#define CHOOSE_BUDGETS
#endif
#define FEWER(b) do :: b > 0 -> b-- :: break od;

/*
 * TIMERS: time passes only when nothing else can happen, and then first for records that
 * nobody keeps, next for nodes that wait.
 */
#define EXPIRABLE (record != FREE && (!IS_HELD(record) || !nodes[NODE_OF(record)].alive || record != nodes[NODE_OF(record)].owner))
#if NODES > 2
#define SOMEBODY_POLLS (POLLS_AT(0) || POLLS_AT(1) || POLLS_AT(2))
#else
#define SOMEBODY_POLLS (POLLS_AT(0) || POLLS_AT(1))
#endif
#define POLLS_AT(n) (nodes[n].alive && nodes[n].phase == WAITING)
#ifdef TIMERS
#define MAY_POLL (timeout && !EXPIRABLE)
#define QUIET (timeout && !over && !EXPIRABLE && !SOMEBODY_POLLS)
#else
#define MAY_POLL true
#define QUIET (timeout && !over)
#endif
#ifdef TICKS
#define UNDOES(k) (me.dead[k] != NONE)
#else
#ifdef OMIT_4
#define UNDOES(k) (me.dead[k] != NONE)
#else
#define UNDOES(k) (me.dead[k] != NONE && record == me.dead[k])
#endif
#endif
#ifdef CRASH
#define MAY_HAVE_CRASHED true
#else
#define MAY_HAVE_CRASHED false
#endif

#define TIME_AT(n) (nodes[n].until + nodes[n].left + nodes[n].fresh + KEPT(n))
#if DEAD > 1
#define KEPT(n) (nodes[n].keep[0] + nodes[n].keep[1])
#else
#define KEPT(n) (nodes[n].keep[0])
#endif
#if NODES > 2
#define TIME_MATTERS (ttl + TIME_AT(0) + TIME_AT(1) + TIME_AT(2) > 0)
#else
#define TIME_MATTERS (ttl + TIME_AT(0) + TIME_AT(1) > 0)
#endif

/* Without hints and without a queue at the server, a node that waits just asks again. */
#ifdef UNQUEUED
#define INTERESTED false
#else
#define INTERESTED PATIENT(n)
#endif
