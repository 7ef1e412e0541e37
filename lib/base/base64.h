#ifndef TC_BASE64_H
#define TC_BASE64_H
/*
 * base64: bytes as text (RFC 4648, with padding), for data: URIs and hashes.
 */
#include <stddef.h>	/* size_t */

struct buf;

void base64_add(const void *bytes, size_t len, struct buf *out);

#endif
