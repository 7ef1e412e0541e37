#ifndef TC_BUF_H
#define TC_BUF_H
/*
 * buf: growable bytes, and the only builder of strings.
 *
 * data is never NULL and always has a NUL behind its len bytes, so that a buf
 * without NULs in it is a C string; a fresh one is the empty string.
 * Invariant: len < cap, or cap is 0 and data is the shared empty string.
 *
 * Library functions that can fail take a `struct buf *err` and append one
 * whole sentence to it: lower case, no full stop, subject in single quotes.
 */
#include <stdarg.h>	/* va_list */
#include <stddef.h>	/* size_t */

struct buf {
	char *data;
	size_t len;
	size_t cap;	/* bytes allocated; 0 before the first addition */
};

extern char buf_empty[1];
#define BUF_INIT { buf_empty, 0, 0 }

void buf_init(struct buf *buf);
/* Free the bytes; buf is as after buf_init. */
void buf_release(struct buf *buf);
/* Length 0, memory kept for the next use. */
void buf_clear(struct buf *buf);

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_addc(struct buf *buf, int byte);
void buf_adds(struct buf *buf, const char *string);
void buf_addf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Make room for extra bytes (and a NUL) behind len and return the place;
 * the caller writes there and adds to len. */
char *buf_reserve(struct buf *buf, size_t extra);

/* Give the bytes away: the caller frees what is returned (never NULL). */
char *buf_detach(struct buf *buf);

#endif
