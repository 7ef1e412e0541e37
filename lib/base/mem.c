#include "lib/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/msg.h"

static void *
checked(void *memory)
{
	if (memory == NULL)
		msg_die("out of memory");
	return memory;
}

void *
xmalloc(size_t size)
{
	return checked(malloc(size > 0 ? size : 1));
}

void *
xcalloc(size_t count, size_t size)
{
	return checked(calloc(count > 0 ? count : 1, size > 0 ? size : 1));
}

void *
xrealloc_array(void *old, size_t count, size_t size)
{
	if (size > 0 && count > SIZE_MAX / size)
		msg_die("out of memory");
	return checked(realloc(old, count * size > 0 ? count * size : 1));
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
