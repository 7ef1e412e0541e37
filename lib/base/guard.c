#include "lib/base/guard.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/end.h"
#include "lib/base/sanitised.h"

/*
 * What has to be removed when the tool is ended: a signal handler cannot be
 * given state, so this is the one list of the process.  A slot is filled before
 * the file is made and emptied after it is gone.
 */
enum { PENDING_MAX = 64 };
static char pending[PENDING_MAX][PATH_MAX];
static volatile sig_atomic_t pending_used[PENDING_MAX];
static pid_t pending_owner;

int
guard_add(const char *path)
{
	int i;

	for (i = 0; i < PENDING_MAX; i++)
		if (!pending_used[i] && strlen(path) < PATH_MAX) {
			memcpy(pending[i], path, strlen(path) + 1);
			pending_used[i] = 1;
			return 0;
		}
	return -1;
}

void
guard_drop(const char *path)
{
	int i;

	for (i = 0; i < PENDING_MAX; i++)
		if (pending_used[i] && strcmp(pending[i], path) == 0)
			pending_used[i] = 0;
}

/* A directory of files, with nothing but system calls: a handler may not call
 * opendir. */
static void
remove_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	_Alignas(struct dirent64) char entries[4096];
	const struct dirent64 *entry;
	ssize_t got, at;

	while (fd >= 0 && (got = getdents64(fd, entries, sizeof entries)) > 0)
		for (at = 0; at < got; at += entry->d_reclen) {
			entry = (const struct dirent64 *)(entries + at);
			if (unlinkat(fd, entry->d_name, 0) != 0)
				unlinkat(fd, entry->d_name, AT_REMOVEDIR);
		}
	if (fd >= 0)
		close(fd);
	rmdir(path);
}

void
guard_remove(const char *path)
{
	remove_directory(path);
	guard_drop(path);
}

void
guard_remove_all(void)
{
	int i;

	if (getpid() != pending_owner)
		return;
	for (i = 0; i < PENDING_MAX; i++)
		if (pending_used[i] && unlink(pending[i]) != 0 &&
		    errno == EISDIR)
			remove_directory(pending[i]);
}

static void
die_by_signal(int number)
{
	guard_remove_all();
	signal(number, SIG_DFL);
	raise(number);
}

/* Some libraries end the process, or run into nothing, where there is no memory or no
 * descriptor left.  Only system calls here. */
static void
die_of_a_library(int number)
{
	if (getpid() == pending_owner)
		end_bare("stopped inside a library, as when memory or descriptors run "
		    "out");
	signal(number, SIG_DFL);
	raise(number);
}

static void
handle(const int *signals, size_t count, void (*handler)(int))
{
	struct sigaction action;
	size_t i;

	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	action.sa_flags = (int)SA_RESETHAND | SA_NODEFER | SA_ONSTACK;
	for (i = 0; i < count; i++)
		sigaction(signals[i], &action, NULL);
}

void
guard_start(void)
{
	static const int fatal[] = { SIGTERM, SIGINT, SIGHUP };
	static const int crashes[] = { SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
	static char room[1 << 16];	/* a stack that ran over is no place for a handler */
	const stack_t stack = { .ss_sp = room, .ss_size = sizeof room };

	end_set_cleanup(guard_remove_all);
	pending_owner = getpid();
	sigaltstack(&stack, NULL);
	handle(fatal, sizeof fatal / sizeof *fatal, die_by_signal);
	if (!SANITISED)
		handle(crashes, sizeof crashes / sizeof *crashes, die_of_a_library);
}
