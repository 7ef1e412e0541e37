#include "lib/base/workers.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/sandbox.h"
#include "lib/base/sanitised.h"
#include "lib/base/worker.h"

enum { SLOTS_PER_WORKER = 8, TRIES = 2 };
static const uint64_t frame_max = 1ULL << 31;

enum { SLOWER = 20 };	/* the same job, sanitised and on a busy machine */

enum slot_state { SLOT_FREE, SLOT_WAITING, SLOT_RUNNING, SLOT_DONE, SLOT_PASSED,
    SLOT_FAILED };

struct slot {
	enum slot_state state;
	int tries;			/* processes that failed in it */
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
		worker_run(&workers->setup, pair[1]);
	}
	close(pair[1]);
	worker->fd = pair[0];
	worker->slot = NULL;
	buf_clear(&worker->frame);
}

static void
describe_end(const struct workers_setup *setup, int status, struct buf *reason)
{
	if (WIFSIGNALED(status))
		buf_addf(reason, "the worker was stopped by signal %d (%s)",
		    WTERMSIG(status), strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status) == WORKER_MEMORY_LIMIT)
		buf_addf(reason, "it needs more than the %llu bytes of memory of a worker",
		    setup->memory);
	else
		buf_addf(reason, "the worker ended with status %d", WEXITSTATUS(status));
}

/* End the process, which may have ended already; its status.  What it reported as the
 * machine's fault ends the tool. */
static int
stop(struct worker *worker)
{
	int status = 0;

	kill(worker->pid, SIGKILL);	/* changes no status of one that ended */
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	close(worker->fd);
	worker->pid = 0;
	buf_clear(&worker->frame);
	if (WIFEXITED(status) && WEXITSTATUS(status) == WORKER_START_FAILED)
		msg_die("a worker could not start");
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_WORK)
		msg_die("a worker could not do its work");
	return status;
}

/* How many processes may fail in a job: one that has written somewhere is not done
 * again. */
static int
tries(const struct workers *workers)
{
	return workers->setup.write_count > 0 ? 1 : TRIES;
}

/* The worker died or has to: its job is given to another, or failed. */
static void
bury(const struct workers *workers, struct worker *worker, const char *reason)
{
	struct slot *slot = worker->slot;
	int status = stop(worker);

	worker->slot = NULL;
	if (slot == NULL)
		return;
	if (reason == NULL && ++slot->tries < tries(workers)) {
		slot->state = SLOT_WAITING;
		return;
	}
	slot->state = SLOT_FAILED;
	buf_clear(&slot->result);
	if (reason != NULL)
		buf_adds(&slot->result, reason);
	else
		describe_end(&workers->setup, status, &slot->result);
}

static void
finish_job(const struct workers *workers, struct worker *worker, const struct worker_frame *frame)
{
	struct slot *slot = worker->slot;

	if (frame->doubt && slot->tries + 1 < tries(workers)) {
		bury(workers, worker, NULL);
		return;
	}
	buf_clear(&slot->result);
	buf_add(&slot->result, worker->frame.data + sizeof *frame, frame->size);
	slot->state = SLOT_DONE;
	worker->slot = NULL;
	buf_clear(&worker->frame);
}

static void
take_result(const struct workers *workers, struct worker *worker)
{
	enum { PIECE = 1 << 16 };
	struct buf *bytes = &worker->frame;
	struct worker_frame frame;
	ssize_t got;

	got = recv(worker->fd, buf_reserve(bytes, PIECE), PIECE, MSG_DONTWAIT);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (got <= 0) {
		bury(workers, worker, NULL);
		return;
	}
	bytes->len += (size_t)got;
	if (bytes->len < sizeof frame)
		return;
	memcpy(&frame, bytes->data, sizeof frame);
	if (worker->slot == NULL || frame.size > frame_max ||
	    bytes->len > sizeof frame + frame.size)
		bury(workers, worker, "the worker sent an unexpected answer");
	else if (bytes->len == sizeof frame + frame.size)
		finish_job(workers, worker, &frame);
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
			bury(workers, &workers->worker[i], reason.data);
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
	if (count == 0)
		return;		/* the job in work goes to a new process */
	left = first - now();
	if (poll(polls, count, left > 0 ? (int)(left * 1000) + 1 : 0) > 0)
		for (i = 0; i < count; i++)
			if (polls[i].revents != 0)
				take_result(workers, worker[i]);
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
		worker->deadline = now() + workers->setup.seconds * (SANITISED ? SLOWER : 1);
		slot->state = SLOT_RUNNING;
		if (worker_send(worker->fd, slot->job.data, slot->job.len, 0) == 0)
			continue;
		if (errno != EPIPE && errno != ECONNRESET)
			msg_die("cannot give work to a worker: %s", strerror(errno));
		bury(workers, worker, NULL);
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
	slot->tries = 0;
	give_work(workers);
}

/* Said once by a process, never passed over. */
static void
tell_what_lacks(void)
{
	static int told;
	struct buf locks = BUF_INIT;

	if (!told && sandbox_lacks()) {
		sandbox_describe(&locks);
		msg_warn("this kernel cannot sandbox workers completely: %s",
		    locks.data);
	}
	told = 1;
	buf_release(&locks);
}

struct workers *
workers_start(const struct workers_setup *setup)
{
	struct workers *workers = xcalloc(1, sizeof *workers);
	size_t i;

	tell_what_lacks();
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

void
workers_run(const struct workers_setup *setup)
{
	struct workers *workers = workers_start(setup);

	workers_submit(workers, "", 0);
	workers_end(workers);
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
