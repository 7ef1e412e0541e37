#ifndef TC_TEXTSTORE_H
#define TC_TEXTSTORE_H
/*
 * textstore: many texts of which only the places are in memory.
 *
 * They lie one behind the other in a file without a name, and stay where they are
 * until the end.  What cannot be written or read ends the tool.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint32_t, uint64_t */

struct batch;
struct buf;
struct textstore;

struct textstore_place {
	uint64_t at;
	uint32_t len;
};

/* The file is made in the batch's directory, in that of the system's where batch is
 * NULL. */
struct textstore *textstore_new(const struct batch *batch);
void textstore_free(struct textstore *texts);	/* NULL is fine */

struct textstore_place textstore_add(struct textstore *texts, const char *text, size_t len);
/* The text, borrowed until the next call. */
const char *textstore_get(struct textstore *texts, struct textstore_place place);

#endif
