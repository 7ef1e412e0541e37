#include "lib/base/mem.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/end.h"

enum { LARGE_BYTES = 256 << 10, KEPT_BLOCK = 16 << 20, KEPT_BYTES = 64 << 20 };

static void (*exhausted)(size_t wanted);

void
mem_set_exhausted(void (*end)(size_t wanted))
{
	exhausted = end;
}

static void *
checked(void *memory, size_t size)
{
	if (memory != NULL)
		return memory;
	if (exhausted != NULL)
		exhausted(size);
	end_bare("out of memory");
}

void *
xmalloc(size_t size)
{
	return checked(malloc(size > 0 ? size : 1), size);
}

void *
xcalloc(size_t count, size_t size)
{
	return checked(calloc(count > 0 ? count : 1, size > 0 ? size : 1), count * size);
}

void *
xrealloc_array(void *old, size_t count, size_t size)
{
	if (size > 0 && count > SIZE_MAX / size)
		end_bare("out of memory");
	return checked(realloc(old, count * size > 0 ? count * size : 1), count * size);
}

char *
xstrdup(const char *string)
{
	return xstrndup(string, strlen(string));
}

char *
xstrndup(const char *string, size_t len)
{
	char *copy = xmalloc(len + 1);

	memcpy(copy, string, len);
	copy[len] = '\0';
	return copy;
}

void
mem_sort(void *items, size_t count, size_t size,
    int (*compare)(const void *a, const void *b))
{
	if (count > 1)
		qsort(items, count, size, compare);
}

void
mem_return_large(void)
{
	mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
	mallopt(M_TRIM_THRESHOLD, LARGE_BYTES);
}

void
mem_keep_large(void)
{
	mallopt(M_MMAP_THRESHOLD, KEPT_BLOCK);
	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
}
