/*
 * workers: what runs in a process of its own runs here in this one, where the fuzzer sees
 * it: in the place of lib/base/workers.c.
 */
#include "lib/base/workers.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

struct workers {
	struct workers_setup setup;
};

struct workers *
workers_start(const struct workers_setup *setup)
{
	struct workers *workers = xcalloc(1, sizeof *workers);
	struct buf err = BUF_INIT;

	workers->setup = *setup;
	if (setup->start != NULL && setup->start(setup->state, &err) != 0)
		abort();
	buf_release(&err);
	return workers;
}

void
workers_submit(struct workers *workers, const char *job, size_t len)
{
	const struct workers_setup *setup = &workers->setup;
	struct buf result = BUF_INIT;

	setup->work(setup->state, job, len, &result);
	setup->done(setup->state, job, len, result.data, result.len, NULL);
	buf_release(&result);
}

void
workers_pass(struct workers *workers, const char *job, size_t len)
{
	workers->setup.done(workers->setup.state, job, len, "", 0, NULL);
}

void
workers_drain(struct workers *workers)
{
	(void)workers;
}

void
workers_end(struct workers *workers)
{
	free(workers);
}

void
workers_run(const struct workers_setup *setup)
{
	struct workers *workers = workers_start(setup);

	workers_submit(workers, "", 0);
	workers_end(workers);
}

void
workers_doubt(void)
{
}

int
workers_processors(void)
{
	return 1;
}
