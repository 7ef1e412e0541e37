#ifndef TC_ERRORS_PARTS_H
#define TC_ERRORS_PARTS_H
/*
 * errors_parts: what errors.c shares with errors_acknowledge.c.
 */
#include "lib/base/hash.h"	/* HASH_TEXT */

struct buf;
struct error;

/* What an error is known by: the file's name, and what in it is wrong. */
void errors_mark(const struct error *error, char mark[static HASH_TEXT]);
/* Append "'upload.zip' entry 3 'name'", fit for a message; not of a roster's. */
void errors_place(const struct error *error, struct buf *out);

#endif
