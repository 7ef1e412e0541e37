#include "lib/stream/stream.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/acknowledged.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/batch/moved.h"
#include "lib/decision/status.h"
#include "lib/decision/voices.h"
#include "lib/profile/profile.h"
#include "lib/stream/stream_parts.h"

enum { DAY = sizeof "YYYY-MM-DD" - 1 };

const char *
stream_type(const struct node *record)
{
	const char *type = node_text(record, "type");

	return type != NULL ? type : "";
}

int
stream_is_photo(const struct node *record)
{
	return strcmp(stream_type(record), "photo") == 0;
}

const char *
stream_unreadable_reason(const struct node *photo)
{
	struct node *checks = node_get(photo, "checks");
	struct node *last = node_at(checks, node_count(checks) - 1);
	const char *detail = node_text(last, "detail");

	return detail != NULL ? detail : "cannot be read";
}

static void
count_duty(struct stream_counts *counts, const struct duty *duty)
{
	char *since = counts->since[duty->actor];
	size_t len = sizeof counts->since[0] - 1;

	counts->waiting[duty->actor]++;
	if (duty->since != NULL && strlen(duty->since) >= len &&
	    (*since == '\0' || strncmp(duty->since, since, len) < 0))
		memcpy(since, duty->since, len);
}

void
stream_count(struct stream_counts *counts, const struct node *record)
{
	enum status status = status_of(record);

	struct duty duties[DUTY_MAX];
	size_t count;

	counts->records++;
	if (!stream_is_photo(record) || status == STATUS_COUNT)
		return;
	counts->status[status]++;
	count = duty_list(record, duties);
	for (size_t i = 0; i < count; i++)
		count_duty(counts, &duties[i]);
}

static struct node *
waiting_node(const struct stream_counts *counts)
{
	struct node *waiting = node_object(), *item;

	for (int i = 0; i < DUTY_ACTORS; i++) {
		if (counts->waiting[i] == 0)
			continue;
		item = node_set(waiting, duty_actor_name((enum duty_actor)i),
		    node_object());
		node_set_integer(item, "count", counts->waiting[i]);
		if (*counts->since[i] != '\0')
			node_set_text(item, "since", counts->since[i]);
	}
	return waiting;
}

void
stream_report(struct stream_counts *counts, const struct acknowledged *acknowledged,
    const struct node *photo, const char *reason)
{
	const char *id = node_text(photo, "id");

	if (acknowledged_failure(acknowledged, node_text(node_get(photo, "source"),
	    "sha256"), reason)) {
		counts->known++;
		return;
	}
	counts->errors++;
	msg_warn("photo '%s': %s", id != NULL ? id : "?", reason);
}

void
stream_set_counts(struct node *end, const struct stream_counts *counts)
{
	struct node *status = node_object();
	int i;

	node_set_integer(end, "records", counts->records);
	for (i = 0; i < STATUS_COUNT; i++)
		node_set_integer(status, status_name((enum status)i), counts->status[i]);
	node_set(end, "status", status);
	node_set(end, "waiting", waiting_node(counts));
	node_set_integer(end, "errors", counts->errors);
	if (counts->known > 0)
		node_set_integer(end, "acknowledged", counts->known);
}

void
stream_add_counts(struct stream_counts *total, const struct stream_counts *counts)
{
	int i;

	total->records += counts->records;
	total->errors += counts->errors;
	total->known += counts->known;
	for (i = 0; i < STATUS_COUNT; i++)
		total->status[i] += counts->status[i];
	for (i = 0; i < DUTY_ACTORS; i++)
		total->waiting[i] += counts->waiting[i];
}

static void
tell_waiting(const struct stream_counts *counts)
{
	const long *waiting = counts->waiting;

	msg_note("to do: reviewer %ld, school %ld, operator %ld, register %ld, "
	    "student %ld", waiting[DUTY_REVIEWER], waiting[DUTY_SCHOOL],
	    waiting[DUTY_OPERATOR], waiting[DUTY_REGISTER], waiting[DUTY_STUDENT]);
}

void
stream_name(const struct node *header, struct buf *out)
{
	const struct node *school = node_get(header, "school");
	const char *name = node_text(school, "name"), *class = node_text(header, "class");
	const char *date = node_text(header, "date");

	if (name == NULL || *name == '\0')
		name = node_text(school, "code");
	buf_addf(out, "%s, class of %s, %s", name != NULL && *name != '\0' ? name : "?",
	    class != NULL && *class != '\0' ? class : "?", date != NULL ? date : "?");
}

/* Of the tools of a pipeline the last one prints the counts, unless something failed. */
void
stream_summary(const struct stream_counts *counts, const char *name, long batches)
{
	struct buf line = BUF_INIT;
	int i;

	msg_progress_end();
	if (counts->errors == 0 && io_is_piped())
		return;
	tell_waiting(counts);
	if (batches > 1)
		buf_addf(&line, "%ld batches", batches);
	else
		buf_adds(&line, name);
	buf_addf(&line, ": %ld records", counts->records);
	for (i = 0; i < STATUS_COUNT; i++)
		if (counts->status[i] > 0)
			buf_addf(&line, ", %ld %s", counts->status[i],
			    status_name((enum status)i));
	buf_addf(&line, "; %ld errors", counts->errors);
	if (counts->known > 0)
		buf_addf(&line, ", and %ld that are known", counts->known);
	msg_result(line.data);
	buf_release(&line);
}

struct node *
stream_add_step(struct node *header, const char *tool)
{
	struct node *steps = node_get(header, "steps"), *step;

	if (steps == NULL)
		steps = node_set(header, "steps", node_array());
	step = node_append(steps, node_object());
	node_set_text(step, "tool", tool);
	node_set_text(step, "version", TC_VERSION);
	return step;
}

void
stream_note_option(struct segment *segment, const char *name, const char *value)
{
	struct node *steps = node_get(segment->header, "steps"), *options, *step;

	step = node_at(steps, node_count(steps) - 1);
	options = node_get(step, "options");
	if (options == NULL)
		options = node_set(step, "options", node_object());
	node_set_text(options, name, value);
}

const char *const stream_checked[] = { "tc-check", NULL };
const char *const stream_normalized[] = { "tc-check", "tc-normalize", NULL };

void
stream_check_steps(const struct node *header, const char *const *tools,
    const struct io_lines *lines)
{
	const struct node *steps = node_get(header, "steps");
	const char *tool;
	size_t i;

	if (steps == NULL || tools == NULL)
		return;
	for (i = 0; *tools != NULL && i < node_count(steps); i++) {
		tool = node_text(node_at(steps, i), "tool");
		if (tool != NULL && strcmp(tool, *tools) == 0)
			tools++;
	}
	if (*tools != NULL)
		msg_die("%s:%ld: these records have not been through %s: the "
		    "order is tc-ingest, tc-check, tc-normalize, and then what "
		    "is made of them", lines->name, lines->number, *tools);
}

void
stream_print_to(FILE *file, const struct node *record)
{
	struct buf line = BUF_INIT;

	node_print(record, &line);
	stream_print_text(file, line.data, line.len);
	buf_release(&line);
}

static void
fail_temporary(int fd)
{
	struct buf err = BUF_INIT;

	fault_own_temporary(fd, &err);
	msg_die("%s", err.data);
}

void
stream_print_text(FILE *file, const char *text, size_t len)
{
	if (file == NULL) {
		io_print(text, len);
		io_print("\n", 1);
	} else if (fwrite(text, 1, len, file) != len || putc('\n', file) == EOF) {
		fail_temporary(fileno(file));
	}
}

void
stream_print(const struct node *record)
{
	stream_print_to(NULL, record);
}

int
stream_has_foreign_check(const struct node *photo)
{
	const struct node *checks = node_get(photo, "checks");
	const char *by;
	size_t i;

	for (i = 0; i < node_count(checks); i++) {
		by = node_text(node_at(checks, i), "by");
		if (by == NULL || strncmp(by, "tc-", 3) != 0)
			return 1;
	}
	return 0;
}

void
stream_set_day(struct segment *segment, const char *date)
{
	const char *received = node_text(segment->header, "received");
	char newest[DAY + 1] = "";

	for (size_t i = 0; date == NULL && i < journal_count(segment->journal); i++) {
		const struct journal_answer *answer = journal_at(segment->journal, i);

		if (answer->when != NULL && strlen(answer->when) >= DAY &&
		    voices_role(answer) != ROLE_TOOL &&
		    answer->kind != JOURNAL_ACKNOWLEDGE &&
		    strncmp(answer->when, newest, DAY) > 0)
			memcpy(newest, answer->when, DAY);
	}
	if (date == NULL && received != NULL && strcmp(received, newest) > 0)
		snprintf(newest, sizeof newest, "%.10s", received);
	if (date == NULL && strcmp(segment->batch->date, newest) < 0)
		date = newest;
	if (date == NULL)
		return;
	free(segment->batch->date);
	segment->batch->date = xstrdup(date);
}

void
stream_refuse_terminal(int force)
{
	if (!force && isatty(STDOUT_FILENO))
		msg_die("a manifest holds names and numbers, which do not belong on a "
		    "terminal: write it to a file (> FILE) or a pipe; --force shows it");
}

void
stream_find_directory(const struct stream_options *options, const struct node *header,
    struct buf *directory)
{
	const char *named = node_text(header, "directory");

	if (options->directory != NULL)
		buf_adds(directory, options->directory);
	else if (named != NULL)
		moved_find(named, "id", directory);
}

/* Who waits for a tool that waits for input should know it. */
void
stream_tell_waiting(const char *manifest)
{
	if (manifest == NULL && isatty(STDIN_FILENO))
		msg_note("reads a manifest from the terminal: name a file, or end with Ctrl-D");
}

struct profile *
stream_open_profile(const struct stream_options *options, struct node *header,
    const struct io_lines *lines)
{
	struct node *given = node_get(header, "profile");
	const char *name = options->profile != NULL ? options->profile :
	    node_text(given, "name");
	const char *hash = node_text(given, "hash");
	struct profile *profile;
	struct buf err = BUF_INIT, path = BUF_INIT;

	if (name == NULL)
		msg_die("%s:%ld: the batch names no profile", lines->name, lines->number);
	if (options->profile != NULL)
		buf_adds(&path, name);
	else
		moved_find(name, NULL, &path);
	profile = profile_load(path.data, &err);
	buf_release(&path);
	if (profile == NULL)
		msg_die("%s", err.data);
	if (hash != NULL && strcmp(hash, profile_hash(profile)) != 0) {
		if (!options->reprofile)
			msg_die("profile '%s' is not the one that the batch was made "
			    "with; --reprofile accepts it", name);
		node_set_text(given, "name", name);
		node_set_text(given, "hash", profile_hash(profile));
	}
	if (profile_overlay(profile, node_get(given, "set"), &err) != 0)
		msg_die("%s", err.data);
	return profile;
}

struct profile *
stream_profile_of(const struct stream_options *options, const char *manifest)
{
	struct buf line = BUF_INIT, err = BUF_INIT;
	struct profile *profile;
	struct io_lines lines;
	struct node *header = NULL;
	int whole;

	if (io_lines_open(&lines, manifest, &err) != 0)
		msg_die("%s", err.data);
	if (io_lines_next(&lines, &line, &whole, &err) > 0)
		header = node_parse(line.data, line.len, &err);
	if (!node_is_object(header))
		msg_die("'%s' is no manifest", manifest);
	profile = stream_open_profile(options, header, &lines);
	node_free(header);
	io_lines_close(&lines);
	buf_release(&line);
	buf_release(&err);
	return profile;
}
