#ifndef TC_JOURNAL_PARTS_H
#define TC_JOURNAL_PARTS_H
/*
 * journal_parts: what journal.c (reading) and journal_append.c share; nobody
 * else includes this.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint32_t */

#define JOURNAL_FILE "decisions.ndjson"
#define JOURNAL_TORN "decisions.torn"	/* lines that killed runs left */

struct batch;
struct buf;
struct journal_answer;
struct pool;

struct journal {
	struct pool *pool;
	struct journal_answer *answers;
	uint32_t *next;		/* of the same record: index + 1, 0: none */
	size_t count;
	uint32_t *first, *last;	/* by the number in a record's id: index + 1 */
	size_t numbers;
	size_t torn;		/* bytes at the end that are no line */
	int unended;		/* the last line is whole but for its line feed */
};

/* The texts of an answer: their names in the file, and their places in it. */
enum { JOURNAL_TEXTS = 12 };
const char *journal_text_name(size_t index);
const char **journal_text(struct journal_answer *answer, size_t index);

/* Whether two kinds answer the same question. */
int journal_same_matter(const struct journal_answer *a,
    const struct journal_answer *b);
/* What is wrong with an answer, in words after its subject, or NULL. */
const char *journal_judge(const struct batch *batch,
    const struct journal_answer *answer);

/* Add a valid answer; texts are copied. */
void journal_take(struct journal *journal,
    const struct journal_answer *answer);
/* Read the file at path, whose lock the caller holds. */
struct journal *journal_read(const struct batch *batch, const char *path,
    struct buf *err);

/* Whether the open file (-1: there is none) is what was last written, or longer.
 * -1 with the reason and what to do. */
int journal_verify(const struct batch *batch, int fd, const char *path,
    struct buf *err);
/* Remember it as it is. */
int journal_remember(const struct batch *batch, int fd, struct buf *err);
/* Move its last torn bytes to JOURNAL_TORN. */
int journal_keep_torn(const struct batch *batch, int fd, size_t torn,
    struct buf *err);

#endif
