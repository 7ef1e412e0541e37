#ifndef TC_JSONIN_H
#define TC_JSONIN_H
/*
 * jsonin: the answers that a review page downloaded as JSON, as a table.
 */
struct buf;
struct table;

/* Whether the file begins as such a download does. */
int jsonin_is(const char *path);
/* NULL with the reason.  Free with table_free. */
struct table *jsonin_read(const char *path, struct buf *err);

#endif
