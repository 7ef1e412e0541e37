#include "lib/base/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/sandbox.h"
#include "lib/base/sanitised.h"
#include "lib/base/share.h"
#include "lib/base/workers.h"

enum { MEMORY_MARGIN = 16 << 20 };

/* -1 at the end, which comes when the parent needs no more or is gone; a socket that
 * fails otherwise ends the tool. */
static int
read_all(int fd, void *bytes, size_t len)
{
	char *next = bytes;
	ssize_t got;

	while (len > 0) {
		got = read(fd, next, len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0 || (got < 0 && errno == ECONNRESET))
			return -1;
		if (got < 0) {
			msg_warn("a worker cannot read its work: %s", strerror(errno));
			_exit(EXIT_NO_WORK);
		}
		next += got;
		len -= (size_t)got;
	}
	return 0;
}

int
worker_send(int fd, const char *bytes, size_t len, int doubt)
{
	struct worker_frame frame = { len, (uint64_t)doubt };

	return io_write_all(fd, &frame, sizeof frame) != 0 ? -1 :
	    io_write_all(fd, bytes, len);
}

/* Of the process, which does one job at a time. */
static int in_doubt;
static unsigned long long memory_limit;

void
workers_doubt(void)
{
	in_doubt = 1;
}

/* Whether the limit is what stands in the way of so many bytes more: else the machine
 * has none left. */
static int
is_at_limit(size_t wanted)
{
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	unsigned long long pages = 0;
	char text[64];
	ssize_t len = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;

	if (len <= 0 || memory_limit == 0)
		return 0;
	text[len] = '\0';
	pages = strtoull(text, NULL, 10);
	return pages * (unsigned long long)sysconf(_SC_PAGESIZE) + wanted + MEMORY_MARGIN >
	    memory_limit;
}

static void
end_without_memory(size_t wanted)
{
	if (is_at_limit(wanted))
		_exit(WORKER_MEMORY_LIMIT);
	end_bare("out of memory");
}

static void
limit_memory(const struct workers_setup *setup, struct buf *err)
{
	struct rlimit limit = { setup->memory, setup->memory };

	memory_limit = setup->memory;
	mem_set_exhausted(end_without_memory);
	if (!SANITISED && setup->memory > 0 && setrlimit(RLIMIT_AS, &limit) != 0)
		buf_addf(err, "this process is allowed less memory than the profile gives a "
		    "worker, %llu bytes: raise the limit (ulimit -v)", setup->memory);
}

static void
leave_the_parent(void)
{
	static const int usual[] = { SIGTERM, SIGINT, SIGHUP, SIGSEGV, SIGBUS, SIGFPE,
	    SIGILL, SIGABRT, SIGTRAP };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	size_t i;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (i = 0; i < sizeof usual / sizeof *usual; i++)
		signal(usual[i], SIG_DFL);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	close(null);
}

static int
shut_in(const struct workers_setup *setup, int fd, struct buf *err)
{
	const char **reads = xcalloc(setup->read_count + 1, sizeof *reads);
	struct sandbox sandbox = { reads, setup->read_count + 1, NULL, 0 };
	int writes[WRITES_MAX + 1] = { fd }, result;
	struct buf share = BUF_INIT;
	size_t i;

	share_path(".", &share);
	reads[0] = share.data;
	for (i = 0; i < setup->read_count; i++)
		reads[i + 1] = setup->reads[i];
	for (i = 0; i < setup->write_count; i++)
		writes[i + 1] = setup->writes[i];
	sandbox.writes = writes;
	sandbox.write_count = setup->write_count + 1;
	result = sandbox_enter(&sandbox, err);
	buf_release(&share);
	free(reads);
	return result;
}

static void
prepare(const struct workers_setup *setup, int fd)
{
	struct buf err = BUF_INIT;

	leave_the_parent();
	mem_keep_large();
	limit_memory(setup, &err);
	if (err.len == 0 && (setup->start == NULL || setup->start(setup->state, &err) == 0) &&
	    shut_in(setup, fd, &err) == 0)
		return;
	msg_warn("%s", err.data);
	_exit(WORKER_START_FAILED);
}

/* Whose fault it is is known here and not by the parent. */
static void
end_for_a_fault(void)
{
	if (fault_noted() == NULL)
		return;
	msg_warn("%s", fault_noted());
	_exit(EXIT_NO_WORK);
}

void
worker_run(const struct workers_setup *setup, int fd)
{
	struct buf job = BUF_INIT, result = BUF_INIT;
	struct worker_frame frame;

	prepare(setup, fd);
	while (read_all(fd, &frame, sizeof frame) == 0) {
		buf_clear(&job);
		buf_clear(&result);
		if (read_all(fd, buf_reserve(&job, frame.size), frame.size) != 0)
			break;
		job.len = frame.size;
		job.data[job.len] = '\0';
		in_doubt = 0;
		setup->work(setup->state, job.data, job.len, &result);
		end_for_a_fault();
		if (worker_send(fd, result.data, result.len, in_doubt) != 0)
			break;
	}
	_exit(0);
}
