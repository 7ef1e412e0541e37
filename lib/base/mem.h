#ifndef TC_MEM_H
#define TC_MEM_H
/*
 * mem: memory that is there or the tool ends.
 *
 * Each call ends the process with status 2 and a message when memory is
 * exhausted, so callers never check.  Sizes that come from input are bounded
 * before they get here.  What is returned is freed with free(3).
 */
#include <stddef.h>	/* size_t */

/* malloc(3), calloc(3) and realloc(3) that do not return NULL.  A size of 0
 * gives a pointer that may be freed.  xrealloc_array checks count * size. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc_array(void *old, size_t count, size_t size);

/* Copies of a string, and of its first len bytes with a NUL added. */
char *xstrdup(const char *string);
char *xstrndup(const char *string, size_t len);

/* qsort(3) of an array that may be NULL when it has no items. */
void mem_sort(void *items, size_t count, size_t size,
    int (*compare)(const void *a, const void *b));

/* What is called in the place of the message when memory is exhausted, with the size that
 * was wanted; it ends the process.  For worker processes, whose limit says whose fault it
 * is. */
void mem_set_exhausted(void (*end)(size_t wanted));

/* From now on give large blocks back to the system when they are freed, and do not
 * touch those that are all zeros: for a run of parts of which each needs much.  Else
 * the library keeps them, once it has seen that they come and go. */
void mem_return_large(void);

#endif
