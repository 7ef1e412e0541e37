#include "lib/roster/rosterin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/archive/upload.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/workers.h"
#include "lib/picture/img.h"
#include "lib/profile/profile.h"
#include "lib/roster/roster.h"
#include "lib/roster/rosterfile.h"
#include "lib/roster/rosterwire.h"

/* What the process answers; a reason follows. */
struct reply {
	enum rosterin_found found;
	int unread;		/* the entry, not what is in it, is the reason */
	char sum[HASH_TEXT];	/* of an entry */
};

struct rosterin {
	const char *path;
	struct upload *upload;	/* instead of the path: its entries */
	const struct roster_options *options;
	int file;		/* rosters come back through it; -1: failed */
	const char *reads[2];	/* what the process may */
	struct workers *workers;
	struct reply reply;	/* to the job in work, and why */
	struct buf reason;
};

/* What the process is asked; the name in messages follows. */
struct task {
	const struct rosterin *from;
	size_t index;
	const char *shown;
};

/* ---- the process ---- */

/* The path in a reader's sentence becomes what is shown. */
static void
add_shown(const char *sentence, const char *path, const char *shown,
    struct buf *out)
{
	struct buf quoted = BUF_INIT;
	const char *place;

	buf_addf(&quoted, "'%s'", path);
	while ((place = strstr(sentence, quoted.data)) != NULL) {
		buf_add(out, sentence, (size_t)(place - sentence));
		buf_adds(out, shown);
		sentence = place + quoted.len;
	}
	buf_adds(out, sentence);
	buf_release(&quoted);
}

static void
read_table(const struct task *task, const char *path, struct reply *reply,
    struct buf *reason)
{
	struct buf own = BUF_INIT;
	struct roster roster;

	roster_init(&roster);
	roster_add_file(&roster, "", "", 0, 0);
	if (rosterfile_read(path, task->from->options, &roster, &own) == 0) {
		if (ftruncate(task->from->file, 0) == 0 &&
		    lseek(task->from->file, 0, SEEK_SET) == 0 &&
		    rosterwire_put(task->from->file, &roster) == 0)
			reply->found = ROSTERIN_ROSTER;
		else
			fault_system(reason, "cannot read the roster");
	} else
		add_shown(own.data, path, task->shown, reason);
	roster_release(&roster);
	buf_release(&own);
}

/* The readers want files: the entry becomes one without a name. */
static void
read_entry(const struct task *task, struct reply *reply, struct buf *reason)
{
	int fd = memfd_create("table", MFD_CLOEXEC);
	struct buf bytes = BUF_INIT;
	char path[32];

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	reply->unread = 1;
	if (upload_read(task->from->upload, task->index, &bytes, reason) == -1)
		goto out;
	hash_bytes(bytes.data, bytes.len, reply->sum);
	if (img_sniff(bytes.data, bytes.len) != NULL)
		reply->found = ROSTERIN_PICTURE;
	else if (fd == -1 || io_write_all(fd, bytes.data, bytes.len) == -1)
		fault_system(reason, "it cannot be read");
	else {
		reply->unread = 0;
		buf_release(&bytes);
		read_table(task, path, reply, reason);
	}
out:
	if (fd != -1)
		close(fd);
	buf_release(&bytes);
}

static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	struct task task = { .from = state };
	struct reply reply = { .found = ROSTERIN_NONE };
	struct buf reason = BUF_INIT, shown = BUF_INIT;

	memcpy(&task.index, job, sizeof task.index);
	buf_add(&shown, job + sizeof task.index, len - sizeof task.index);
	task.shown = shown.data;
	if (task.from->upload != NULL)
		read_entry(&task, &reply, &reason);
	else
		read_table(&task, task.from->path, &reply, &reason);
	buf_release(&shown);
	buf_add(result, &reply, sizeof reply);
	buf_add(result, reason.data, reason.len);
	buf_release(&reason);
}

static void
done(void *state, const char *job, size_t job_len, const char *result,
    size_t len, const char *reason)
{
	struct rosterin *from = state;

	if (result == NULL) {
		buf_add(&from->reason, job + sizeof(size_t),
		    job_len - sizeof(size_t));
		buf_addf(&from->reason, " is damaged: the program that reads "
		    "it did not survive it (%s)", reason);
		return;
	}
	memcpy(&from->reply, result, sizeof from->reply);
	buf_add(&from->reason, result + sizeof from->reply,
	    len - sizeof from->reply);
}

/* ---- in the parent ---- */

static struct rosterin *
start(const char *path, struct upload *upload,
    const struct roster_options *options, const struct profile *profile)
{
	struct rosterin *from = xcalloc(1, sizeof *from);
	struct workers_setup setup = { .count = 1, .state = from,
	    .work = work, .done = done };

	*from = (struct rosterin){ .path = path, .upload = upload,
	    .options = options, .reason = BUF_INIT };
	from->file = memfd_create("roster", MFD_CLOEXEC);
	if (from->file == -1)
		msg_die("cannot read the roster: %s", strerror(errno));
	profile_worker_limits(profile, &setup.memory, &setup.seconds);
	from->reads[0] = upload != NULL ? upload_path(upload) : path;
	from->reads[1] = options->columns;
	setup.reads = from->reads;
	setup.read_count = options->columns != NULL ? 2 : 1;
	setup.writes = &from->file;
	setup.write_count = 1;
	from->workers = workers_start(&setup);
	return from;
}

/* Ask for one table; what came of it is in from->reply and from->reason. */
static void
ask(struct rosterin *from, size_t index, const char *shown,
    struct roster *roster)
{
	struct buf job = BUF_INIT;

	memset(&from->reply, 0, sizeof from->reply);
	buf_clear(&from->reason);
	buf_add(&job, &index, sizeof index);
	buf_adds(&job, shown);
	workers_submit(from->workers, job.data, job.len);
	workers_drain(from->workers);
	if (from->reply.found == ROSTERIN_ROSTER &&
	    rosterwire_get(from->file, roster, &from->reason) == -1)
		from->reply.found = ROSTERIN_NONE;
	buf_release(&job);
}

struct rosterin *
rosterin_open(struct upload *upload, const struct roster_options *options,
    const struct profile *profile)
{
	return start(NULL, upload, options, profile);
}

void
rosterin_close(struct rosterin *from)
{
	if (from == NULL)
		return;
	workers_end(from->workers);
	close(from->file);
	buf_release(&from->reason);
	free(from);
}

int
rosterin_read(const char *path, const char *shown,
    const struct roster_options *options, const struct profile *profile,
    struct roster *roster, struct buf *err)
{
	struct rosterin *from = start(path, NULL, options, profile);
	int result;

	ask(from, 0, shown, roster);
	result = from->reply.found == ROSTERIN_ROSTER ? 0 : -1;
	buf_adds(err, from->reason.data);
	rosterin_close(from);
	return result;
}

enum rosterin_found
rosterin_read_entry(struct rosterin *from, size_t index, const char *shown,
    struct roster *roster, char sum[static HASH_TEXT], struct buf *err)
{
	const struct reply *reply = &from->reply;
	size_t len = strlen(shown);
	const char *clause;

	ask(from, index, shown, roster);
	clause = from->reason.data;
	if (from->reason.len > 0 && !reply->unread) {
		buf_adds(err, "it is neither a picture nor a roster: ");
		if (strncmp(clause, shown, len) == 0 &&
		    strncmp(clause + len, ": ", 2) == 0)
			clause += len + 2;
	}
	buf_adds(err, clause);
	if (reply->found != ROSTERIN_PICTURE && !reply->unread)
		memcpy(sum, reply->sum, HASH_TEXT);
	return reply->found;
}
