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

/* Set a function that is called instead of printing the message when memory is exhausted,
 * with the size that was asked for; it must end the process.  For worker processes, which
 * report whether the job's memory limit was the cause. */
void mem_set_exhausted(void (*end)(size_t wanted));

/* From now on return large blocks to the system when they are freed, and take zeroed
 * ones fresh from it: for a run of several parts, each of which needs much memory.
 * Otherwise malloc keeps large blocks after a few have been freed. */
void mem_return_large(void);

/* The contrary, for a process that does one job after the other: what a job has freed is
 * kept for the next one, up to 64 MB.  Given back and asked for again, each page of it
 * costs a call into the kernel. */
void mem_keep_large(void);

#endif
