/*
 * shim: a library that is loaded before the others and fails one call, for the sweeps of
 * tests/faults/sweep.py.
 *
 *	TC_FAULT=CALL:N:ERRNO[+]	the Nth call of a process fails, with + all from there on
 *	TC_FAULT_COUNT=FILE		append to FILE, at the end of each process, "CALL N"
 *
 * A process counts on from what its parent had counted when it was forked.  Calls: open,
 * read, write, sync, rename, mmap, malloc, fd (socketpair, memfd_create, dup).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum call { OPEN, READ, WRITE, SYNC, RENAME, MMAP, MALLOC, FD, CALLS };
static const char *const names[CALLS] = { "open", "read", "write", "sync", "rename", "mmap",
    "malloc", "fd" };
static long counted[CALLS];
static long fail_at;		/* 0: nothing fails */
static enum call fail_call;
static int fail_errno, fail_on, ready;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static void
report(void)
{
	const char *path = getenv("TC_FAULT_COUNT");
	FILE *file;
	int i;

	ready = 0;
	file = path != NULL ? fopen(path, "a") : NULL;
	for (i = 0; file != NULL && i < CALLS; i++)
		fprintf(file, "%s %ld\n", names[i], counted[i]);
	if (file != NULL)
		fclose(file);
}

__attribute__((constructor)) static void
begin(void)
{
	const char *text = getenv("TC_FAULT");
	char word[16], more = 0;
	int i;

	if (text != NULL && sscanf(text, "%15[a-z]:%ld:%d%c", word, &fail_at, &fail_errno,
	    &more) >= 3) {
		for (i = 0; i < CALLS; i++)
			if (strcmp(word, names[i]) == 0)
				fail_call = (enum call)i;
		fail_on = more == '+';
	}
	memset(counted, 0, sizeof counted);
	atexit(report);
	ready = 1;
}

static int
fails(enum call call)
{
	long n;

	if (!ready)
		return 0;
	n = __atomic_add_fetch(&counted[call], 1, __ATOMIC_RELAXED);
	if (fail_at == 0 || call != fail_call || (fail_on ? n < fail_at : n != fail_at))
		return 0;
	errno = fail_errno;
	return 1;
}

#define NEXT(name) (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define OPENS(name) \
int \
name(const char *path, int flags, ...) \
{ \
	static __typeof__(&name) next; \
	va_list args; \
	mode_t mode; \
 \
	va_start(args, flags); \
	mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0; \
	va_end(args); \
	if (next == NULL) \
		next = NEXT(name); \
	return fails(OPEN) ? -1 : next(path, flags, mode); \
}
OPENS(open)
OPENS(open64)

#define WRAP(type, name, call, parameters, arguments, failure) \
type \
name parameters \
{ \
	static __typeof__(&name) next; \
 \
	if (next == NULL) \
		next = NEXT(name); \
	return fails(call) ? failure : next arguments; \
}
WRAP(FILE *, fopen, OPEN, (const char *path, const char *mode), (path, mode), NULL)
WRAP(FILE *, fopen64, OPEN, (const char *path, const char *mode), (path, mode), NULL)
WRAP(ssize_t, read, READ, (int fd, void *bytes, size_t len), (fd, bytes, len), -1)
WRAP(ssize_t, pread, READ, (int fd, void *bytes, size_t len, off_t at), (fd, bytes, len, at), -1)
WRAP(ssize_t, pread64, READ, (int fd, void *bytes, size_t len, off64_t at), (fd, bytes, len, at),
    -1)
/* What a stream could not do it remembers: _IO_ERR_SEEN of glibc. */
enum { STREAM_ERROR = 0x20 };

size_t
fread(void *bytes, size_t size, size_t count, FILE *file)
{
	static __typeof__(&fread) next;

	if (next == NULL)
		next = NEXT(fread);
	if (!fails(READ))
		return next(bytes, size, count, file);
	file->_flags |= STREAM_ERROR;
	return 0;
}

WRAP(ssize_t, write, WRITE, (int fd, const void *bytes, size_t len), (fd, bytes, len), -1)
size_t
fwrite(const void *bytes, size_t size, size_t count, FILE *file)
{
	static __typeof__(&fwrite) next;

	if (next == NULL)
		next = NEXT(fwrite);
	if (!fails(WRITE))
		return next(bytes, size, count, file);
	file->_flags |= STREAM_ERROR;
	return 0;
}

WRAP(int, fflush, WRITE, (FILE *file), (file), EOF)
WRAP(int, fsync, SYNC, (int fd), (fd), -1)
WRAP(int, syncfs, SYNC, (int fd), (fd), -1)
WRAP(int, rename, RENAME, (const char *from, const char *to), (from, to), -1)
WRAP(void *, mmap, MMAP, (void *at, size_t len, int prot, int flags, int fd, off_t offset),
    (at, len, prot, flags, fd, offset), MAP_FAILED)
WRAP(int, socketpair, FD, (int domain, int type, int protocol, int pair[2]),
    (domain, type, protocol, pair), -1)
WRAP(int, memfd_create, FD, (const char *name, unsigned flags), (name, flags), -1)
WRAP(int, dup, FD, (int fd), (fd), -1)
WRAP(int, dup3, FD, (int from, int to, int flags), (from, to, flags), -1)

void *
malloc(size_t size)
{
	return fails(MALLOC) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return fails(MALLOC) ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	return fails(MALLOC) ? NULL : __libc_realloc(old, size);
}
