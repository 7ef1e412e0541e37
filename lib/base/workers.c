#include "lib/base/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"

enum { START_FAILED = 111, SLOTS_PER_WORKER = 8, FRAME_MAX = 64 << 20 };

enum slot_state { SLOT_FREE, SLOT_WAITING, SLOT_RUNNING, SLOT_DONE, SLOT_PASSED,
    SLOT_FAILED };

struct slot {
	enum slot_state state;
	struct buf job, result;		/* result: or the reason of a failure */
};

struct worker {
	pid_t pid;			/* 0: not running */
	int fd;
	struct slot *slot;		/* what it works on, or NULL */
	double deadline;
	struct buf frame;		/* what came back so far */
};

struct workers {
	struct workers_setup setup;
	struct worker *worker;
	struct slot *slot;		/* ring in the order of submission */
	size_t slots, head, used;	/* head: the oldest */
};

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- in the worker ---- */

static int
read_all(int fd, void *bytes, size_t len)
{
	char *next = bytes;
	ssize_t got;

	while (len > 0) {
		got = read(fd, next, len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return -1;
		next += got;
		len -= (size_t)got;
	}
	return 0;
}

static int
write_frame(int fd, const char *bytes, size_t len)
{
	uint64_t size = len;

	return io_write_all(fd, &size, sizeof size) != 0 ? -1 :
	    io_write_all(fd, bytes, len);
}

static void
be_a_worker(struct workers *workers, int fd)
{
	static const int usual[] = { SIGTERM, SIGINT, SIGHUP };
	struct buf job = BUF_INIT, result = BUF_INIT, err = BUF_INIT;
	struct workers_setup *setup = &workers->setup;
	struct rlimit limit = { setup->memory, setup->memory };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	uint64_t size;
	size_t i;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (i = 0; i < sizeof usual / sizeof *usual; i++)
		signal(usual[i], SIG_DFL);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	for (i = 0; i < (size_t)setup->count; i++)
		if (workers->worker[i].pid != 0)
			close(workers->worker[i].fd);
	if (setup->memory > 0)
		setrlimit(RLIMIT_AS, &limit);
	if (setup->start != NULL && setup->start(setup->state, &err) != 0) {
		msg_warn("%s", err.data);
		_exit(START_FAILED);
	}
	while (read_all(fd, &size, sizeof size) == 0) {
		buf_clear(&job);
		buf_clear(&result);
		if (read_all(fd, buf_reserve(&job, size), size) != 0)
			break;
		job.len = size;
		job.data[size] = '\0';
		setup->work(setup->state, job.data, job.len, &result);
		if (write_frame(fd, result.data, result.len) != 0)
			break;
	}
	_exit(0);
}

/* ---- in the parent ---- */

static void
start_worker(struct workers *workers, struct worker *worker)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		msg_die("cannot start a worker: %s", strerror(errno));
	worker->pid = 0;
	fflush(NULL);
	switch (worker->pid = fork()) {
	case -1:
		msg_die("cannot start a worker: %s", strerror(errno));
	case 0:
		close(pair[0]);
		be_a_worker(workers, pair[1]);
	}
	close(pair[1]);
	worker->fd = pair[0];
	worker->slot = NULL;
	buf_clear(&worker->frame);
}

static void
describe_end(int status, struct buf *reason)
{
	if (WIFSIGNALED(status))
		buf_addf(reason, "the worker was stopped by signal %d (%s)",
		    WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		buf_addf(reason, "the worker ended with status %d", WEXITSTATUS(status));
}

/* The worker died or has to: its slot failed. */
static void
bury(struct worker *worker, const char *reason)
{
	struct slot *slot = worker->slot;
	int status = 0;

	if (reason != NULL)
		kill(worker->pid, SIGKILL);
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	close(worker->fd);
	worker->pid = 0;
	worker->slot = NULL;
	buf_clear(&worker->frame);
	if (WIFEXITED(status) && WEXITSTATUS(status) == START_FAILED)
		msg_die("a worker could not start");
	if (slot == NULL)
		return;
	slot->state = SLOT_FAILED;
	buf_clear(&slot->result);
	if (reason != NULL)
		buf_adds(&slot->result, reason);
	else
		describe_end(status, &slot->result);
}

static void
take_result(struct worker *worker)
{
	enum { PIECE = 1 << 16 };
	struct buf *frame = &worker->frame;
	uint64_t size;
	ssize_t got;

	got = recv(worker->fd, buf_reserve(frame, PIECE), PIECE, MSG_DONTWAIT);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (got <= 0) {
		bury(worker, NULL);
		return;
	}
	frame->len += (size_t)got;
	if (frame->len < sizeof size)
		return;
	memcpy(&size, frame->data, sizeof size);
	if (worker->slot == NULL || size > FRAME_MAX ||
	    frame->len > sizeof size + size) {
		bury(worker, "the worker sent what nobody asked for");
		return;
	}
	if (frame->len < sizeof size + size)
		return;
	buf_clear(&worker->slot->result);
	buf_add(&worker->slot->result, frame->data + sizeof size, size);
	worker->slot->state = SLOT_DONE;
	worker->slot = NULL;
	buf_clear(frame);
}

static void
stop_late(struct workers *workers)
{
	struct buf reason = BUF_INIT;
	double time = now();
	int i;

	for (i = 0; i < workers->setup.count; i++)
		if (workers->worker[i].slot != NULL &&
		    workers->worker[i].deadline < time) {
			buf_clear(&reason);
			buf_addf(&reason, "it took longer than %g s",
			    workers->setup.seconds);
			bury(&workers->worker[i], reason.data);
		}
	buf_release(&reason);
}

/* Wait until at least one running job may have ended. */
static void
wait_for_one(struct workers *workers)
{
	struct pollfd polls[WORKERS_MAX];
	struct worker *worker[WORKERS_MAX];
	double first = now() + 3600, left;
	nfds_t count = 0, i;
	int j;

	for (j = 0; j < workers->setup.count; j++) {
		if (workers->worker[j].slot == NULL)
			continue;
		worker[count] = &workers->worker[j];
		polls[count].fd = worker[count]->fd;
		polls[count].events = POLLIN;
		polls[count].revents = 0;
		if (workers->setup.seconds > 0 && worker[count]->deadline < first)
			first = worker[count]->deadline;
		count++;
	}
	left = first - now();
	if (poll(polls, count, left > 0 ? (int)(left * 1000) + 1 : 0) > 0)
		for (i = 0; i < count; i++)
			if (polls[i].revents != 0)
				take_result(worker[i]);
	if (workers->setup.seconds > 0)
		stop_late(workers);
}

static struct slot *
oldest_waiting(struct workers *workers)
{
	struct slot *slot;
	size_t i;

	for (i = 0; i < workers->used; i++) {
		slot = &workers->slot[(workers->head + i) % workers->slots];
		if (slot->state == SLOT_WAITING)
			return slot;
	}
	return NULL;
}

static int
died_idle(struct worker *worker)
{
	if (waitpid(worker->pid, NULL, WNOHANG) != worker->pid)
		return 0;
	close(worker->fd);
	worker->pid = 0;
	return 1;
}

static void
give_work(struct workers *workers)
{
	struct worker *worker;
	struct slot *slot;
	int i;

	for (i = 0; i < workers->setup.count; i++) {
		worker = &workers->worker[i];
		if (worker->slot != NULL)
			continue;
		if ((slot = oldest_waiting(workers)) == NULL)
			return;
		if (worker->pid == 0 || died_idle(worker))
			start_worker(workers, worker);
		worker->slot = slot;
		worker->deadline = now() + workers->setup.seconds;
		slot->state = SLOT_RUNNING;
		if (write_frame(worker->fd, slot->job.data, slot->job.len) != 0)
			bury(worker, NULL);
	}
}

static void
hand_out(struct workers *workers)
{
	struct workers_setup *setup = &workers->setup;
	struct slot *slot;

	while (workers->used > 0) {
		slot = &workers->slot[workers->head];
		if (slot->state == SLOT_WAITING || slot->state == SLOT_RUNNING)
			return;
		if (slot->state == SLOT_FAILED)
			setup->done(setup->state, slot->job.data, slot->job.len, NULL,
			    0, slot->result.data);
		else if (slot->state == SLOT_PASSED)
			setup->done(setup->state, slot->job.data, slot->job.len,
			    slot->job.data, slot->job.len, NULL);
		else
			setup->done(setup->state, slot->job.data, slot->job.len,
			    slot->result.data, slot->result.len, NULL);
		slot->state = SLOT_FREE;
		workers->head = (workers->head + 1) % workers->slots;
		workers->used--;
	}
}

static void
enter(struct workers *workers, const char *job, size_t len, enum slot_state state)
{
	struct slot *slot;

	hand_out(workers);
	while (workers->used == workers->slots) {
		wait_for_one(workers);
		give_work(workers);
		hand_out(workers);
	}
	slot = &workers->slot[(workers->head + workers->used) % workers->slots];
	workers->used++;
	buf_clear(&slot->job);
	buf_add(&slot->job, job, len);
	slot->state = state;
	give_work(workers);
}

struct workers *
workers_start(const struct workers_setup *setup)
{
	struct workers *workers = xcalloc(1, sizeof *workers);
	size_t i;

	workers->setup = *setup;
	workers->worker = xcalloc((size_t)setup->count, sizeof *workers->worker);
	workers->slots = (size_t)setup->count * SLOTS_PER_WORKER;
	workers->slot = xcalloc(workers->slots, sizeof *workers->slot);
	for (i = 0; i < (size_t)setup->count; i++)
		buf_init(&workers->worker[i].frame);
	for (i = 0; i < workers->slots; i++) {
		buf_init(&workers->slot[i].job);
		buf_init(&workers->slot[i].result);
	}
	return workers;
}

void
workers_submit(struct workers *workers, const char *job, size_t len)
{
	enter(workers, job, len, SLOT_WAITING);
}

void
workers_pass(struct workers *workers, const char *job, size_t len)
{
	enter(workers, job, len, SLOT_PASSED);
}

void
workers_drain(struct workers *workers)
{
	hand_out(workers);
	while (workers->used > 0) {
		give_work(workers);
		wait_for_one(workers);
		hand_out(workers);
	}
}

void
workers_end(struct workers *workers)
{
	struct worker *worker;
	size_t i;

	workers_drain(workers);
	for (i = 0; i < (size_t)workers->setup.count; i++) {
		worker = &workers->worker[i];
		if (worker->pid != 0) {
			close(worker->fd);
			while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
				;
		}
		buf_release(&worker->frame);
	}
	for (i = 0; i < workers->slots; i++) {
		buf_release(&workers->slot[i].job);
		buf_release(&workers->slot[i].result);
	}
	free(workers->worker);
	free(workers->slot);
	free(workers);
}

int
workers_processors(void)
{
	cpu_set_t set;
	int count = 1;

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		count = CPU_COUNT(&set);
	return count < 1 ? 1 : count > WORKERS_MAX ? WORKERS_MAX : count;
}
