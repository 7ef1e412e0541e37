#ifndef TC_JUDGED_H
#define TC_JUDGED_H
/*
 * judged: what tools that judge keep in the batch for the next tc-ingest.
 *
 * Which pictures the checks reject: tc-ingest takes answers but makes no checks, and a
 * school cannot confirm such a picture.  Which pictures a later tool could not process,
 * and why: a person acknowledges exactly that reason (acknowledged.h).  Which attempts of
 * students failed: these are appended to the journal.
 *
 * judged.ndjson in the batch, written whole by every tool that judges: a line for each
 * rejected record, with its picture and the ids of the failed checks, and one for each
 * record that failed, with the reason.  About 150 bytes a record.  It only lets tc-ingest
 * refuse an answer early: the effect of an answer is derived without it.
 */
struct batch;
struct buf;
struct journal;
struct judged;
struct node;
struct profile;

struct judged *judged_new(void);
void judged_free(struct judged *judged);	/* NULL is fine */
/* Add a record as it leaves the tool.  A failed attempt of its student (account.h) is kept
 * for the journal and written to the record: returns whether that changed it. */
int judged_take(struct judged *judged, const struct journal *journal,
    struct node *photo, const struct profile *profile);
/* 0, or -1 with the reason. */
int judged_save(const struct judged *judged, const struct batch *batch,
    struct buf *err);

/* What the last tool wrote; empty when none did, or when it cannot be read. */
struct judged *judged_load(const struct batch *batch);
/* The failed checks of the record's picture, separated by blanks, or NULL. */
const char *judged_of(const struct judged *judged, const char *record,
    const char *picture);
/* Why a tool could not process the record's picture, or NULL. */
const char *judged_failure(const struct judged *judged, const char *record,
    const char *picture);

#endif
