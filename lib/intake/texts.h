#ifndef TC_TEXTS_H
#define TC_TEXTS_H
/*
 * texts: many texts of which only the places are in memory.
 *
 * They lie one behind the other in a file without a name, and stay where they are
 * until the end.  What cannot be written or read ends the tool.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint32_t, uint64_t */

struct batch;
struct buf;
struct texts;

struct texts_place {
	uint64_t at;
	uint32_t len;
};

/* The file is made in the batch's directory, in that of the system's where batch is
 * NULL. */
struct texts *texts_new(const struct batch *batch);
void texts_free(struct texts *texts);	/* NULL is fine */

struct texts_place texts_add(struct texts *texts, const char *text, size_t len);
/* The text, borrowed until the next call. */
const char *texts_get(struct texts *texts, struct texts_place place);

#endif
