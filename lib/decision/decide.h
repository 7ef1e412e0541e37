#ifndef TC_DECIDE_H
#define TC_DECIDE_H
/*
 * decide: what people decided about a record (standing.h), as members of the record,
 * tc-journal(5).
 *
 * Members "decision", "held", "corrected", "locked", "delivered", "exemptions",
 * "told" and "register" follow from the journal and nothing else: they are made again
 * each time, and replace what an earlier tool wrote.  A name or number that the operator
 * accepted is put into "student".
 *
 * The stream applies it to each record before a tool sees it (stream.c), and
 * tc-ingest to each that it makes; status_derive (status.h) then reads these members.
 * Which picture belongs to which student is decided in join.c.
 *
 * Pure: no input, no output, no clock.
 */
struct journal;
struct journal_answer;
struct node;

/* Apply to a record of type "photo".  Its status is not derived again; returns whether
 * it may have to be, because there are answers about it, or there were. */
int decide_apply(const struct journal *journal, struct node *photo);

/* The answer that locks a picture of the record: it was delivered in a bundle or
 * confirmed by the school, and nobody has asked for another since; NULL when there
 * is none. */
const struct journal_answer *decide_lock(const struct journal *journal,
    const char *record);

#endif
