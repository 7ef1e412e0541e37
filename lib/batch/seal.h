#ifndef TC_SEAL_H
#define TC_SEAL_H
/*
 * seal: files that carry the hash of their content, so that damage is detected.
 *
 * The last line of a sealed file is {"sha256":"..."}: the SHA-256 of all bytes before
 * it.  A text file stays readable; a binary file gets the line behind its last byte.  A
 * file that is one JSON object on one line stays that: the sum is its last member, of
 * the bytes before that member.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct seal;

/* Bytes of the last line; the member has as many at most. */
enum { SEAL_BYTES = 78 };

/* Add the sum. */
void seal_add(struct buf *bytes);
/* Check the sum and remove it: 0, or -1 when it does not agree; the bytes then stay as
 * they were. */
int seal_take(struct buf *bytes);

/* The same for files that are not held in memory: what was written or read so far. */
struct seal *seal_new(void);
void seal_free(struct seal *seal);		/* NULL is fine */
void seal_bytes(struct seal *seal, const void *bytes, size_t len);
/* A line, without its line feed. */
void seal_line(struct seal *seal, const char *line, size_t len);
/* Append the last line to out. */
void seal_end(const struct seal *seal, struct buf *out);
/* Whether this line, without its line feed, is the last line of what was added. */
int seal_is(const struct seal *seal, const char *line, size_t len);

#endif
