#ifndef TC_CHECKCHOICE_H
#define TC_CHECKCHOICE_H
/*
 * checkchoice: the photos that tc-check chose instead of tc-ingest's, choose.h.
 *
 * People's answers are about these, because these were shown to them.  The manifest that
 * tc-ingest writes does not depend on them.
 */
struct batch;
struct buf;
struct join_photo;
struct ledger;

/* Replace the students' photos by them, where the ledger still has them.  0, or -1 with
 * the reason. */
int checkchoice_take(struct join_photo *photos, const struct ledger *ledger,
    const struct batch *batch, struct buf *err);

#endif
