#include "lib/table/tableapart.h"

#include "lib/base/buf.h"
#include "lib/base/workers.h"
#include "lib/profile/profile.h"
#include "lib/table/jsonin.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"
#include "lib/table/tablewire.h"

/* The answer of the process begins with one of these. */
enum { ANSWER_TABLE = '+', ANSWER_REASON = '!' };

struct task {
	const char *path;
	struct table *table;
	struct buf *err;
};

static struct table *
read_here(const char *path, struct buf *err)
{
	return jsonin_is(path) ? jsonin_read(path, err) : tablein_read(path, err);
}

static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	const struct task *task = state;
	struct buf reason = BUF_INIT;
	struct table *table = read_here(task->path, &reason);

	(void)job;
	(void)len;
	buf_addc(result, table != NULL ? ANSWER_TABLE : ANSWER_REASON);
	if (table != NULL)
		tablewire_put(table, result);
	else
		buf_add(result, reason.data, reason.len);
	table_free(table);
	buf_release(&reason);
}

static void
done(void *state, const char *job, size_t job_len, const char *result, size_t len,
    const char *reason)
{
	struct task *task = state;

	(void)job;
	(void)job_len;
	if (result == NULL || len == 0)
		buf_addf(task->err, "'%s' is damaged: the program that reads it did "
		    "not survive it (%s)", task->path, reason != NULL ? reason : "");
	else if (*result == ANSWER_TABLE)
		task->table = tablewire_get(result + 1, len - 1, task->err);
	else
		buf_add(task->err, result + 1, len - 1);
}

struct table *
tableapart_read(const char *path, const struct profile *profile, struct buf *err)
{
	struct task task = { path, NULL, err };
	struct workers_setup setup = { .count = 1, .state = &task, .reads = &path,
	    .read_count = 1, .work = work, .done = done };

	if (profile == NULL)
		return read_here(path, err);
	profile_worker_limits(profile, &setup.memory, &setup.seconds);
	workers_run(&setup);
	return task.table;
}
