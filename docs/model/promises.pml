/*
 * What is promised, as assertions. The numbers are those of the guarantees in README.md.
 * With -DONLY=n a run looks for violations of promise n alone.
 */
#ifdef ONLY
#define promise(n, holds) if :: (n == ONLY && !(holds)) -> broken = n; assert(broken != n) :: else fi
#else
#define promise(n, holds) if :: !(holds) -> broken = n; assert(broken != n) :: else fi
#endif

#if NODES > 2
#define VALID_LEASES (VALID(0) + VALID(1) + VALID(2))
#define BACKED (BACKED_AT(0) && BACKED_AT(1) && BACKED_AT(2))
#define NOBODY (NOBODY_AT(0) && NOBODY_AT(1) && NOBODY_AT(2))
#define AT_REST (AT_REST_AT(0) && AT_REST_AT(1) && AT_REST_AT(2))
#else
#define VALID_LEASES (VALID(0) + VALID(1))
#define BACKED (BACKED_AT(0) && BACKED_AT(1))
#define NOBODY (NOBODY_AT(0) && NOBODY_AT(1))
#define AT_REST (AT_REST_AT(0) && AT_REST_AT(1))
#endif
#define BACKED_AT(n) (!VALID(n) || record == nodes[n].owner)
#define NOBODY_AT(n) (!nodes[n].alive || nodes[n].call[0] == AWAY && nodes[n].call[1] == AWAY)
#define AT_REST_AT(n) (!nodes[n].alive || nodes[n].phase == IDLE)

/*
 * G2: valid leases do not overlap. G3: a lease is valid only as long as the server can
 * grant the lock to nobody else. After every event that could break one of them; without
 * FLUSH, which is outside of both.
 */
inline check() {
#ifndef FLUSH
  promise(2, VALID_LEASES <= 1);
  promise(3, BACKED)
#else
  skip
#endif
}

/* G1: a method starts with a confirmed lease, before its deadline. */
inline mayBegin() {
#ifdef FLUSH
  promise(1, VALID(n))
#else
  promise(1, VALID(n) && record == me.owner)
#endif
}

/* G4: a renewal writes only where its owner's record is. */
inline mayRenew(own) {
  promise(4, record == own)
}

/* G6: a release ends no lease that is still valid. */
inline mayRelease() {
  promise(6, !IS_HELD(record) || !VALID(NODE_OF(record)) || nodes[NODE_OF(record)].owner != record)
}

/*
 * G10: each reservation is above all tokens that may still be used, and leases use them
 * in rising order (outside of FLUSH: there a late holder's are behind, which is what they
 * are for). Tokens are relative to that of the last lease, which is LAST.
 */
#define LAST 8
inline reservesAbove(token) {
  promise(10, (token) > top)
}
inline usesToken(token) {
#ifndef FLUSH
  promise(10, (token) > LAST)
#else
  skip
#endif
}

/*
 * G7: who gave an acquire up has it released until its lease is over. A request that
 * arrives still later may leave a record, for at most a lease.
 */
inline isUndone(n_, id_, excused) {
  i = 0; got = excused;
  do
  :: i < DEAD -> if :: nodes[n_].dead[i] == id_ -> got = true :: else fi; i++
  :: else -> break
  od;
  promise(7, got || !nodes[n_].alive)
}
inline mayForget(own) {
  promise(7, record != own || lateRecord)
}

/*
 * G8: the lock is passed to a node that waits, and not to one that would have to give it
 * back. After a question of unknown outcome the server may know more than the node.
 */
inline isWaiting(n_) {
#ifndef UNANSWERED
  promise(8, !nodes[n_].alive || nodes[n_].registered || nodes[n_].kind == ACQUIRE && nodes[n_].flag)
#else
  skip
#endif
}

/*
 * At the end of everything, when no event is left and nothing has to be waited for: G8,
 * nobody waits for ever; G9, who left and who crashed left nothing behind.
 */
#if ROUNDS
bit over;
inline atTheEnd() {
  over = true;
  promise(8, NOBODY);
  promise(9, record == FREE && AT_REST && (queue[0] == 0 || MAY_HAVE_CRASHED))
}
#endif
