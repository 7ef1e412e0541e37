#include "lib/base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/end.h"
#include "lib/base/mem.h"

char buf_empty[1] = "";

void
buf_init(struct buf *buf)
{
	*buf = (struct buf)BUF_INIT;
}

void
buf_release(struct buf *buf)
{
	if (buf->cap > 0)
		free(buf->data);
	buf_init(buf);
}

void
buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->cap > 0)
		buf->data[0] = '\0';
}

char *
buf_reserve(struct buf *buf, size_t extra)
{
	size_t need, cap;

	if (extra > SIZE_MAX / 4 || buf->len > SIZE_MAX / 4)
		end_bare("out of memory");
	need = buf->len + extra + 1;
	if (need > buf->cap) {
		cap = buf->cap > 0 ? buf->cap * 2 : 64;
		if (cap < need)
			cap = need;
		buf->data = xrealloc_array(buf->cap > 0 ? buf->data : NULL, cap, 1);
		buf->cap = cap;
		buf->data[buf->len] = '\0';
	}
	return buf->data + buf->len;
}

void
buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	memcpy(buf_reserve(buf, len), bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void
buf_addc(struct buf *buf, int byte)
{
	buf_reserve(buf, 1);
	buf->data[buf->len++] = (char)byte;
	buf->data[buf->len] = '\0';
}

void
buf_adds(struct buf *buf, const char *string)
{
	buf_add(buf, string, strlen(string));
}

void
buf_vaddf(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	if (len < 0)
		end_bare("cannot format a message");
	vsnprintf(buf_reserve(buf, (size_t)len), (size_t)len + 1, format, again);
	buf->len += (size_t)len;
	va_end(again);
}

void
buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vaddf(buf, format, args);
	va_end(args);
}

char *
buf_detach(struct buf *buf)
{
	char *bytes;

	buf_reserve(buf, 0);
	bytes = buf->data;
	buf_init(buf);
	return bytes;
}
