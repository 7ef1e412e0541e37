#include "lib/ingest/recognize.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/answers/inbox.h"
#include "lib/archive/archivein.h"
#include "lib/archive/entrymask.h"
#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/msg.h"
#include "lib/base/workers.h"
#include "lib/picture/img.h"
#include "lib/profile/profile.h"
#include "lib/roster/answertable.h"
#include "lib/roster/roster.h"
#include "lib/roster/rosterfile.h"
#include "lib/roster/schools.h"

#define BIT(column) ANSWERTABLE_BIT(ANSWERTABLE_ ## column)
#define MANIFEST "{\"type\":\"batch\""	/* its first bytes */

enum { NEEDED = 3 };

/* Tables that people fill in, by columns that no other has; the first counts. */
static const struct {
	unsigned int needed[NEEDED];
	const char *kind;
} forms[] = {
	{ { BIT(CHECKS), BIT(CATEGORY) }, "exemptions" },
	{ { BIT(TOKEN), BIT(TARGET) }, "links" },
	{ { BIT(TOKEN) | BIT(STUDENT), BIT(VERDICT) | BIT(RESULT) | BIT(SETTLE) },
	    "corrections" },
	{ { BIT(COPIES), BIT(STUDENT) }, "layout-table" },
	{ { BIT(UNLOCK) }, "unlocks" },
	{ { BIT(PARCEL), BIT(TRACKING) }, "tracking" },
};

static const struct {
	const char *kind, *advice;
} kinds[] = {
	{ "unknown", NULL },
	{ "upload", "it is a folder, an archive or a picture: give it without an option" },
	{ "roster", "it is a roster: give it with -r" },
	{ "corrections", "it is a table of corrections: give it with --corrections" },
	{ "exemptions", "it is a table of exemptions: give it with --exemptions" },
	{ "links", "it is the list of unmatched photos: give it with --link" },
	{ "unlocks", "it is a list of photos to unlock: give it with --unlock" },
	{ "register-result", "it is the register's result: give it with --register-result" },
	{ "layout-table", "it is a table for printing: give it to tc-layout with --table" },
	{ "tracking", "it is a list of parcels: give it with --tracking" },
	{ "schools", "it is a table of schools: give it with --schools" },
	{ "manifest", "it is a manifest: the other tools read it" },
	{ "form", "it is a PDF: a scan of a form holds no table" }
};

struct task {
	const char *path;
	const struct profile *profile;
	const char *kind;
};

static int
has_word(const struct profile *profile, const char *list, const char *remark)
{
	struct buf word = BUF_INIT;
	int found = 0;

	for (size_t i = 0; !found; i++) {
		buf_clear(&word);
		if (!profile_item(profile, "register", list, i, &word))
			break;
		found = strstr(remark, word.data) != NULL;
	}
	buf_release(&word);
	return found;
}

/* A list of students whose remarks are the register's answers. */
static int
is_answered(const struct roster *roster, const struct profile *profile)
{
	const char *remark;

	for (size_t i = 0; i < roster->count; i++) {
		remark = roster_field(roster, i, STUDENT_REMARK);
		if (remark != NULL && (has_word(profile, "accepted", remark) ||
		    has_word(profile, "rejected", remark)))
			return 1;
	}
	return 0;
}

static const char *
kind_of_table(const char *path, const struct profile *profile)
{
	struct roster_options options = { 0 };
	struct roster roster;
	struct buf ignored = BUF_INIT;
	const char *kind = "unknown";
	struct answertable *table;

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		table = answertable_read(path, forms[i].needed, NULL, &ignored);
		if (table != NULL) {
			answertable_free(table);
			buf_release(&ignored);
			return forms[i].kind;
		}
	}
	roster_init(&roster);
	roster_add_file(&roster, path, "", 0, 0);
	if (rosterfile_read(path, &options, &roster, &ignored) == 0)
		kind = is_answered(&roster, profile) ? "register-result" :
		    "roster";
	roster_release(&roster);
	if (strcmp(kind, "unknown") == 0 && schools_is_table(path))
		kind = "schools";
	buf_release(&ignored);
	return kind;
}

static const char *
kind_of_file(const char *path, const struct profile *profile)
{
	char head[ARCHIVEIN_SNIFF] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len = fd != -1 ? read(fd, head, sizeof head) : -1;
	struct buf reason = BUF_INIT;
	const char *kind;

	if (len < 0)
		fault_system(&reason, "cannot read '%s'", path);
	buf_release(&reason);
	if (fd != -1)
		close(fd);
	if (len <= 0)
		return "unknown";
	if (img_sniff(head, (size_t)len) != NULL)
		return "upload";
	if (len >= 5 && memcmp(head, "%PDF-", 5) == 0)
		return "form";
	if (len > 0 && (size_t)len >= sizeof MANIFEST - 1 &&
	    memcmp(head, MANIFEST, sizeof MANIFEST - 1) == 0)
		return "manifest";
	kind = kind_of_table(path, profile);
	if (strcmp(kind, "unknown") == 0 && (memcmp(head, "PK", 2) == 0 ||
	    archivein_kind(head, (size_t)len) != NULL))
		return "upload";
	return kind;
}

/* ---- the process ---- */

static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	const struct task *task = state;

	(void)job;
	(void)len;
	buf_adds(result, kind_of_file(task->path, task->profile));
}

static void
done(void *state, const char *job, size_t job_len, const char *result,
    size_t len, const char *reason)
{
	struct task *task = state;

	(void)job;
	(void)job_len;
	(void)reason;
	for (size_t i = 0; result != NULL && i < sizeof kinds / sizeof kinds[0];
	    i++)
		if (strlen(kinds[i].kind) == len &&
		    memcmp(kinds[i].kind, result, len) == 0)
			task->kind = kinds[i].kind;
}

const char *
recognize(const char *path, const struct profile *profile)
{
	struct task task = { path, profile, "unknown" };
	struct workers_setup setup = { .count = 1, .state = &task,
	    .work = work, .done = done };
	struct stat st;

	if (lstat(path, &st) != 0 || S_ISLNK(st.st_mode))
		return task.kind;
	if (S_ISDIR(st.st_mode))
		return "upload";
	profile_worker_limits(profile, &setup.memory, &setup.seconds);
	setup.reads = &task.path;
	setup.read_count = 1;
	workers_run(&setup);
	return task.kind;
}

/* Whether a file is an office program's package: a zip, and no archive to people. */
static int
is_package(const char *path)
{
	static const char *const firsts[] = { "[Content_Types].xml", "_rels/", "docProps/",
	    "mimetypeapplication/", "xl/", "word/" };
	enum { NAME_AT = 30 };		/* APPNOTE 4.3.7 */
	char head[ARCHIVEIN_SNIFF] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t len = fd != -1 ? read(fd, head, sizeof head - 1) : -1;
	int found = 0;

	if (fd != -1)
		close(fd);
	for (size_t i = 0; len > NAME_AT && i < sizeof firsts / sizeof firsts[0]; i++)
		found |= strncmp(head + NAME_AT, firsts[i], strlen(firsts[i])) == 0;
	return found && memcmp(head, "PK\3\4", 4) == 0;
}

static void
tell_unknown(const char *path)
{
	struct buf name = BUF_INIT;
	struct stat st;

	entrymask_file(path, &name);
	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		msg_warn("'%s' is a link, which is not followed: passed over", name.data);
	else
		msg_warn("'%s' is nothing that can be read: passed over", name.data);
	buf_release(&name);
}

void
recognize_advise(const char *path, const char *wanted,
    const struct profile *profile)
{
	const char *kind = recognize(path, profile);
	struct buf shown = BUF_INIT;

	if (strcmp(kind, "upload") == 0 && is_package(path))
		return;
	entrymask_file(entryname_base(path), &shown);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i].kind, kind) == 0 &&
		    kinds[i].advice != NULL && strcmp(kind, wanted) != 0)
			msg_warn("'%s': %s", shown.data, kinds[i].advice);
	buf_release(&shown);
}

void
recognize_answers(const struct inbox_file *file, const struct profile *profile)
{
	static const char *const wanted[] = {
		[INBOX_LINK] = "links", [INBOX_EXEMPTIONS] = "exemptions",
		[INBOX_UNLOCK] = "unlocks", [INBOX_CORRECTIONS] = "corrections",
		[INBOX_RESULT] = "register-result", [INBOX_TRACKING] = "tracking"
	};

	if (file->kind != INBOX_FEEDBACK)	/* of which the path is a part */
		recognize_advise(file->path, wanted[file->kind], profile);
}

int
recognize_print(char **paths, size_t count, const char *profile_name)
{
	struct buf err = BUF_INIT;
	struct profile *profile = profile_load(profile_name, &err);
	int status = EXIT_DONE;
	const char *kind;

	if (profile == NULL)
		msg_die("%s", err.data);
	for (size_t i = 0; i < count; i++) {
		kind = recognize(paths[i], profile);
		printf("%s\t%s\n", kind, paths[i]);
		if (strcmp(kind, "unknown") == 0) {
			tell_unknown(paths[i]);
			status = EXIT_SOME_FAILED;
		}
	}
	profile_free(profile);
	buf_release(&err);
	return status;
}
