#ifndef TC_WORKERS_H
#define TC_WORKERS_H
/*
 * workers: jobs done by forked processes, results in order.
 *
 * Uploads are hostile, so what decodes them runs in a process of its own, with a
 * memory limit and a time limit a job: a worker that crashes, hangs or eats
 * memory costs its job and is replaced.  A job and a result are bytes.  Results
 * are handed out in the order in which jobs were submitted, for any number of
 * workers.
 *
 * Each process is sandboxed (sandbox.h) once it has started: all that a job produces is
 * in its result, and the parent writes it.
 *
 * Failures (fault.h): a process that meets a failure of the machine ends the tool.  A job
 * in which a process died, or called workers_doubt, is given to a new process once, and
 * has failed when that one fails as well; there is no second attempt where processes have
 * descriptors to write to.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct workers;

struct workers_setup {
	int count;			/* processes, 1..WORKERS_MAX */
	unsigned long long memory;	/* bytes of address space, 0: no limit */
	double seconds;			/* for one job, 0: no limit */
	/* What the processes may read, files and directories, and the descriptors
	 * they may write to besides standard error; sandbox.h. */
	const char *const *reads;
	size_t read_count;
	const int *writes;
	size_t write_count;		/* up to WRITES_MAX */
	void *state;			/* given to the functions below */
	/* In the worker, once, after the fork.  -1 with the reason ends the tool. */
	int (*start)(void *state, struct buf *err);
	/* In the worker: do one job, append the result. */
	void (*work)(void *state, const char *job, size_t len,
	    struct buf *result);
	/* In the parent, in order: result is NULL when the worker died, and
	 * reason then says how.  job is what was submitted. */
	void (*done)(void *state, const char *job, size_t job_len,
	    const char *result, size_t len, const char *reason);
};
enum { WORKERS_MAX = 256, WRITES_MAX = 4 };

/* Fork the processes.  Ends the tool when that is not possible. */
struct workers *workers_start(const struct workers_setup *setup);
/* Queue a job; calls setup->done for what has become ready, and waits for room
 * when the queue is full. */
void workers_submit(struct workers *workers, const char *job, size_t len);
/* Put a result of the parent's own in the order of results. */
void workers_pass(struct workers *workers, const char *job, size_t len);
/* Wait for all jobs, hand out all results. */
void workers_drain(struct workers *workers);
/* Drain, end the processes, free. */
void workers_end(struct workers *workers);
/* All of that for one job, which has no bytes. */
void workers_run(const struct workers_setup *setup);

/* In the worker, within setup->work: the job failed, and should be tried once more in
 * another process. */
void workers_doubt(void);

/* Processors that this process may use. */
int workers_processors(void);

#endif
