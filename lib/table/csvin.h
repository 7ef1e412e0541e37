#ifndef TC_CSVIN_H
#define TC_CSVIN_H
/*
 * csvin: text with separators as a table of one sheet.
 *
 * Any encoding that text_decode knows; separated by ',' ';' or tab, whichever
 * occurs most outside quotation marks, or as a first line "sep=;" says.  Lines may
 * end in LF, CR LF or CR.  A quotation mark that is never closed, and with it
 * has swallowed rows, is an error.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct table;

/* Add the cells of a file's bytes to table; path is for messages. */
int csvin_read(const char *path, const char *bytes, size_t len,
    struct table *table, struct buf *err);

#endif
