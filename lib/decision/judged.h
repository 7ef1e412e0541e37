#ifndef TC_JUDGED_H
#define TC_JUDGED_H
/*
 * judged: what tools that judge remember of a batch.
 *
 * Which pictures the checks reject, for tc-ingest, which takes answers and
 * makes no checks: a school cannot confirm such a picture.
 *
 * And which pictures a tool behind tc-ingest could not process, and why: a person
 * acknowledges that reason (acknowledged.h), and no other one.
 *
 * And which attempts of students failed: appended to the journal.
 *
 * judged.ndjson in the batch, written whole by every tool that judges: a line a
 * rejected record, with its picture and the ids of the failed checks, and one a
 * record that failed, with the reason.  About 150 bytes a record.  It only makes
 * refusals early: what an answer does is derived without it.
 */
struct batch;
struct buf;
struct journal;
struct judged;
struct node;
struct profile;

struct judged *judged_new(void);
void judged_free(struct judged *judged);	/* NULL is fine */
/* A record as it leaves the tool.  What its student attempted (account.h) is kept for the
 * journal and written to the record: returns whether that changed it. */
int judged_take(struct judged *judged, const struct journal *journal,
    struct node *photo, const struct profile *profile);
/* 0, or -1 with the reason. */
int judged_save(const struct judged *judged, const struct batch *batch,
    struct buf *err);

/* What the last tool wrote; empty when none did, or when it cannot be read. */
struct judged *judged_load(const struct batch *batch);
/* The failed checks of the record's picture, parted by blanks, or NULL. */
const char *judged_of(const struct judged *judged, const char *record,
    const char *picture);
/* Why a tool could not process the record's picture, or NULL. */
const char *judged_failure(const struct judged *judged, const char *record,
    const char *picture);

#endif
