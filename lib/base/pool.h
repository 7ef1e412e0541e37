#ifndef TC_POOL_H
#define TC_POOL_H
/*
 * pool: many short strings, each kept once.
 *
 * A table of a hundred thousand students repeats the names of colleges and
 * classes; a string is added as often as it occurs and stored the first time.
 * Its number is small enough for a compact cell; its text stays where it is until
 * the pool is freed.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint32_t */

struct pool;

struct pool *pool_new(void);
void pool_free(struct pool *pool);	/* NULL is fine */

/* The number of a string of len bytes without NUL; 0 is the empty string. */
uint32_t pool_add(struct pool *pool, const char *text, size_t len);
/* Its text, borrowed from the pool. */
const char *pool_text(const struct pool *pool, uint32_t number);
/* Bytes that the strings occupy, for limits. */
size_t pool_bytes(const struct pool *pool);

#endif
