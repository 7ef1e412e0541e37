/* What a worker tries that was taken over, and what it is answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/sandbox.h"
#include "lib/base/workers.h"

static char inputs[] = "/tmp/tc-sandbox-in.XXXXXX";
static char others[] = "/tmp/tc-sandbox-out.XXXXXX";
static int journal;		/* open for writing in the parent before the fork */
static struct buf answer;

static const char *
in(const char *folder, const char *name)
{
	static char path[256];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static int
read_input(void)
{
	return open(in(inputs, "picture"), O_RDONLY);
}

static int
use_memory(void)
{
	int fd = memfd_create("x", MFD_CLOEXEC);

	return fd < 0 ? -1 : (int)write(fd, "x", 1);
}

static int
read_other(void)
{
	return open(in(others, "secret"), O_RDONLY);
}

static int
list_other(void)
{
	return open(others, O_RDONLY | O_DIRECTORY);
}

static int
write_journal(void)
{
	return open(in(inputs, "decisions.ndjson"), O_WRONLY | O_APPEND);
}

static int
write_inherited(void)
{
	return (int)write(journal, "{}\n", 3);
}

static int
make_file(void)
{
	return open(in(inputs, "new"), O_WRONLY | O_CREAT, 0600);
}

static int
remove_input(void)
{
	return unlink(in(inputs, "picture"));
}

static int
rename_input(void)
{
	char to[256];

	snprintf(to, sizeof to, "%s/other", inputs);
	return rename(in(inputs, "picture"), to);
}

static int
make_folder(void)
{
	return mkdir(in(inputs, "folder"), 0700);
}

static int
change_mode(void)
{
	return chmod(in(inputs, "picture"), 0666);
}

static int
make_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static int
run_program(void)
{
	return execl("/bin/true", "true", (char *)NULL);
}

static int
make_process(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	return child;
}

static int
signal_parent(void)
{
	return kill(getppid(), SIGUSR1);
}

static int
limits_off(void)
{
	const struct { unsigned long long soft, hard; } none = { ~0ULL, ~0ULL };

	return prlimit(0, 9, (const void *)&none, NULL);
}

static const struct {
	const char *what;
	int (*attempt)(void);
	int allowed;
} attempts[] = {
	{ "read an input", read_input, 1 },
	{ "use a file in memory", use_memory, 1 },
	{ "read another file", read_other, 0 },
	{ "list another folder", list_other, 0 },
	{ "open the journal to write", write_journal, 0 },
	{ "write to what the parent had open", write_inherited, 0 },
	{ "make a file", make_file, 0 },
	{ "remove an input", remove_input, 0 },
	{ "rename an input", rename_input, 0 },
	{ "make a folder", make_folder, 0 },
	{ "change a mode", change_mode, 0 },
	{ "make a socket", make_socket, 0 },
	{ "run a program", run_program, 0 },
	{ "make a process", make_process, 0 },
	{ "signal the parent", signal_parent, 0 },
	{ "lift its limits", limits_off, 0 },
};
enum { ATTEMPTS = sizeof attempts / sizeof *attempts };

static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	(void)state;
	(void)job;
	(void)len;
	for (size_t i = 0; i < ATTEMPTS; i++) {
		errno = 0;
		buf_addf(result, "%d ", attempts[i].attempt() < 0 ? errno : 0);
	}
}

static void
done(void *state, const char *job, size_t job_len, const char *result, size_t len,
    const char *reason)
{
	(void)state;
	(void)job;
	(void)job_len;
	if (result != NULL)
		buf_add(&answer, result, len);
	else
		buf_adds(&answer, reason);
}

static void
put(const char *folder, const char *name)
{
	int fd = open(in(folder, name), O_WRONLY | O_CREAT, 0600);

	assert_int_equal(write(fd, "x", 1), 1);
	close(fd);
}

static void
a_worker_may_read_its_inputs_and_answer_and_nothing_else(void **state)
{
	const char *reads[] = { inputs };
	struct workers_setup setup = { .count = 1, .reads = reads, .read_count = 1,
	    .work = work, .done = done };
	struct workers *workers;
	char *at;

	(void)state;
	if (sandbox_lacks())
		skip();
	assert_non_null(mkdtemp(inputs));
	assert_non_null(mkdtemp(others));
	put(inputs, "picture");
	put(inputs, "decisions.ndjson");
	put(others, "secret");
	journal = open(in(inputs, "decisions.ndjson"), O_WRONLY | O_APPEND);
	buf_init(&answer);
	workers = workers_start(&setup);
	workers_submit(workers, "", 0);
	workers_end(workers);
	at = answer.data;
	for (size_t i = 0; i < ATTEMPTS; i++) {
		long error = strtol(at, &at, 10);

		if (attempts[i].allowed ? error != 0 : error != EPERM && error != EACCES &&
		    error != EBADF)
			fail_msg("%s: %s", attempts[i].what, strerror((int)error));
	}
	assert_string_equal(at, " ");
	buf_release(&answer);
	close(journal);
	assert_int_equal(system("rm -r /tmp/tc-sandbox-in.* /tmp/tc-sandbox-out.*"), 0);
}

static void
what_the_kernel_has_is_told(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	sandbox_describe(&text);
	assert_non_null(strstr(text.data, "Landlock"));
	assert_non_null(strstr(text.data, "seccomp"));
	assert_int_equal(sandbox_lacks(), strstr(text.data, "no ") != NULL);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_worker_may_read_its_inputs_and_answer_and_nothing_else),
		cmocka_unit_test(what_the_kernel_has_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
