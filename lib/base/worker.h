#ifndef TC_WORKER_H
#define TC_WORKER_H
/*
 * worker: a worker process, from its fork to its end; only for workers.c.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

struct workers_setup;

/* Exit statuses of a worker, besides EXIT_NO_WORK, which stands for a failure of the machine
 * that the worker has reported. */
enum { WORKER_MEMORY_LIMIT = 110, WORKER_START_FAILED = 111 };

/* Before the bytes of a job or a result. */
struct worker_frame {
	uint64_t size;
	uint64_t doubt;			/* workers_doubt was called */
};

/* 0, or -1 with errno set. */
int worker_send(int fd, const char *bytes, size_t len, int doubt);

/* Be a worker that takes jobs from fd and sends results there. */
void worker_run(const struct workers_setup *setup, int fd) __attribute__((noreturn));

#endif
