#include "lib/base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"

enum { SENTENCE_MAX = 1000 };

/* Of the process: no memory may be needed to keep it. */
static char noted[SENTENCE_MAX];

int
fault_is_machine(int error)
{
	switch (error) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
	case EROFS:
	case EIO:
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case ENOBUFS:
	case ENOLCK:
	case ESTALE:
	case ENXIO:
	case ENODEV:
		return 1;
	default:
		return 0;
	}
}

static void
note(const char *sentence)
{
	if (noted[0] == '\0')
		snprintf(noted, sizeof noted, "%s", sentence);
}

static void
add(struct buf *err, int is_own, int error, const char *format, va_list args)
{
	size_t start = err->len;

	buf_vaddf(err, format, args);
	if (error != 0)
		buf_addf(err, ": %s", strerror(error));
	if (is_own || fault_is_machine(error))
		note(err->data + start);
	errno = error;
}

void
fault_system(struct buf *err, const char *format, ...)
{
	int error = errno;
	va_list args;

	va_start(args, format);
	add(err, 0, error, format, args);
	va_end(args);
}

void
fault_own_system(struct buf *err, const char *format, ...)
{
	int error = errno;
	va_list args;

	va_start(args, format);
	add(err, 1, error, format, args);
	va_end(args);
}

void
fault_own(struct buf *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(err, 1, 0, format, args);
	va_end(args);
}

const char *
fault_noted(void)
{
	return noted[0] != '\0' ? noted : NULL;
}

void
fault_end(void)
{
	if (noted[0] != '\0')
		msg_die("%s", noted);
}
