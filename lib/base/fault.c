#include "lib/base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"

enum { SENTENCE_MAX = 1000 };

/* Of the process: no memory may be needed to keep it. */
static char noted[SENTENCE_MAX];

static const char nameless[] = "/proc/self/fd/";

static int
is_machine(int error)
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

/* Where a file without a name takes its room. */
static void
add_place(int fd, struct buf *out)
{
	char link[SENTENCE_MAX], name[32];
	ssize_t len;
	char *slash;

	snprintf(name, sizeof name, "%s%d", nameless, fd);
	len = readlink(name, link, sizeof link - 1);
	link[len > 0 ? len : 0] = '\0';
	slash = strrchr(link, '/');
	if (slash == NULL || slash == link)
		buf_adds(out, "memory");
	else
		buf_add(out, link, (size_t)(slash - link));
}

/* An operator has never heard of a file that is no more than a descriptor. */
static void
add_sentence(const char *sentence, struct buf *out)
{
	const char *at;
	char *end;

	while ((at = strstr(sentence, nameless)) != NULL) {
		buf_add(out, sentence, (size_t)(at - sentence));
		add_place((int)strtol(at + strlen(nameless), &end, 10), out);
		sentence = end;
	}
	buf_adds(out, sentence);
}

static void
add(struct buf *err, int is_own, int error, const char *format, va_list args)
{
	struct buf sentence = BUF_INIT;
	size_t start = err->len;

	buf_vaddf(&sentence, format, args);
	if (error != 0)
		buf_addf(&sentence, ": %s", strerror(error));
	add_sentence(sentence.data, err);
	buf_release(&sentence);
	if (is_own || is_machine(error))
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

void
fault_own_temporary(int fd, struct buf *err)
{
	struct buf place = BUF_INIT;
	int error = errno;

	add_place(fd, &place);
	errno = error;
	fault_own_system(err, "cannot write a temporary file in '%s'", place.data);
	buf_release(&place);
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
