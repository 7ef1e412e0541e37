#include "lib/stream/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/base/workers.h"
#include "lib/batch/acknowledged.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/decision/decide.h"
#include "lib/decision/judged.h"
#include "lib/decision/status.h"
#include "lib/profile/profile.h"
#include "lib/stream/census.h"
#include "lib/stream/spool.h"
#include "lib/stream/stream_parts.h"
#include "lib/stream/workresult.h"

struct stream {
	const struct stream_filter *filter;
	void *state;
	const struct stream_options *options;
	struct io_lines lines;
	struct segment segment;
	struct journal *journal;	/* of the segment's batch */
	struct acknowledged *acknowledged;	/* by it */
	struct judged *judged;		/* NULL: the filter makes no checks */
	struct workers *workers;
	const char *reads;	/* a worker: the batch directory */
	struct buf deferred;	/* in a worker: files that the parent writes */
	struct spool spool;
	struct census census;	/* of the segment, as it is read */
	struct stream_counts counts;
	size_t photos;		/* seen in this segment */
	long done, expected;	/* photos of all segments, for progress */
	long segments;
	struct buf name;	/* of the first segment's batch */
	FILE *later;		/* what is printed after publish, or NULL */
	struct stream_counts total;
};

struct node *
stream_held(struct segment *segment, size_t index)
{
	return spool_photo(&segment->stream->spool, index);
}

/* ---- one record after the filter's work ---- */

static void
mark_unreadable(struct stream *stream, struct node *photo, const char *reason)
{
	struct limit limit = profile_limit(stream->segment.profile, "file.readable");

	status_clear_checks(photo, stream->filter->tool);
	status_add_verdict(photo, stream->filter->tool, "file.readable", &limit,
	    VERDICT_FAIL, reason);
	status_derive(photo, stream->segment.profile);
}

/* As it leaves the tool.  Returns whether that changed it. */
static int
remember(struct stream *stream, struct node *record)
{
	return stream->judged != NULL && stream_is_photo(record) && judged_take(
	    stream->judged, stream->journal, record, stream->segment.profile);
}

/* text is the record's. */
static void
pass_on(struct stream *stream, struct node *record, const char *text, size_t len)
{
	const struct stream_filter *filter = stream->filter;
	struct buf err = BUF_INIT;

	if (stream_is_photo(record)) {
		if (filter->collect != NULL && filter->collect(stream->state, record,
		    stream->photos, &err) != 0)
			stream_report(&stream->counts, stream->acknowledged, record,
			    err.data);
		stream->photos++;
		msg_progress(++stream->done, stream->expected);
	}
	if (filter->holds)
		spool_add(&stream->spool, stream->segment.batch, text, len,
		    stream_is_photo(record));
	else if (remember(stream, record))
		stream_print_to(stream->later, record);
	else
		stream_print_text(stream->later, text, len);
	stream_count(&stream->counts, record);
	buf_release(&err);
}

/* ---- workers ---- */

static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	struct stream *stream = state;
	struct buf err = BUF_INIT;
	struct node *photo = node_parse(job, len, &err);
	int failed;

	buf_clear(&stream->deferred);
	failed = stream->filter->work(stream->state, photo, &err) != 0;
	if (failed) {
		mark_unreadable(stream, photo, err.data);
		workers_doubt();
	}
	workresult_pack(failed, photo, &stream->deferred, result);
	node_free(photo);
	buf_release(&err);
}

static int
start(void *state, struct buf *err)
{
	struct stream *stream = state;

	batch_defer(stream->segment.batch, &stream->deferred);
	return stream->filter->start == NULL ? 0 :
	    stream->filter->start(stream->state, err);
}

/* What a worker sent is no record, or would not be one line. */
static void
refuse_answer(const char *reason)
{
	msg_die("a worker's answer: %s", reason);
}

static struct node *
own_record(const char *text, size_t len)
{
	struct buf err = BUF_INIT;
	struct node *record = node_parse(text, len, &err);

	if (record == NULL)
		refuse_answer(err.data);
	return record;
}

/* The record that a worker sent, after the files are written that came with it. */
static void
take_answer(struct stream *stream, const char *result, size_t len)
{
	struct buf err = BUF_INIT;
	struct node *record;
	struct workresult answer;

	if (workresult_open(result, len, &answer) != 0)
		refuse_answer("it is cut");
	if (memchr(answer.record, '\n', answer.record_len) != NULL)
		refuse_answer("it is more than a line");
	record = own_record(answer.record, answer.record_len);
	if (batch_store_deferred(stream->segment.batch, answer.files, answer.files_len,
	    &err) != 0)
		msg_die("%s", err.data);
	if (answer.failed)
		stream_report(&stream->counts, stream->acknowledged, record,
		    stream_unreadable_reason(record));
	pass_on(stream, record, answer.record, answer.record_len);
	node_free(record);
	buf_release(&err);
}

/* The job as it was, or with why no worker could do it. */
static void
take_job(struct stream *stream, const char *job, size_t len, const char *reason)
{
	struct node *record = own_record(job, len);
	struct buf text = BUF_INIT;

	if (reason != NULL) {
		mark_unreadable(stream, record, reason);
		stream_report(&stream->counts, stream->acknowledged, record,
		    reason);
		node_print(record, &text);
		job = text.data;
		len = text.len;
	}
	pass_on(stream, record, job, len);
	node_free(record);
	buf_release(&text);
}

static void
done(void *state, const char *job, size_t job_len, const char *result, size_t len,
    const char *reason)
{
	if (result == NULL || result == job)
		take_job(state, job, job_len, reason);
	else
		take_answer(state, result, len);
}

static void
start_workers(struct stream *stream)
{
	const struct profile *profile = stream->segment.profile;
	struct workers_setup setup = { .reads = &stream->reads, .read_count = 1 };

	stream->reads = stream->segment.batch->directory;
	setup.count = stream->options->jobs > 0 ? (int)stream->options->jobs :
	    workers_processors();
	profile_worker_limits(profile, &setup.memory, &setup.seconds);
	setup.state = stream;
	setup.start = start;
	setup.work = work;
	setup.done = done;
	stream->workers = workers_start(&setup);
}

/* ---- reading ---- */

/* A line that is no record becomes one that says so. */
static struct node *
refuse_line(struct stream *stream, const char *reason)
{
	struct node *record = node_object();

	msg_warn("%s:%ld: %s", stream->lines.name, stream->lines.number, reason);
	stream->counts.errors++;
	stream->census.lost++;
	node_set_text(record, "type", "refused");
	node_set_integer(record, "line", stream->lines.number);
	node_set_text(record, "reason", reason);
	return record;
}

/* The next record, or NULL at the end of the input. */
static struct node *
next_record(struct stream *stream, struct buf *line)
{
	struct buf err = BUF_INIT;
	struct node *record = NULL;
	int got, whole;

	got = io_lines_next(&stream->lines, line, &whole, &err);
	if (got < 0)
		msg_die("%s", err.data);
	if (got > 0) {
		record = node_parse(line->data, line->len, &err);
		if (record != NULL && !node_is_object(record)) {
			node_free(record);
			record = NULL;
			buf_adds(&err, "not a JSON object");
		}
		if (record == NULL) {
			record = refuse_line(stream, err.data);
			buf_clear(line);
			node_print(record, line);
		}
	}
	buf_release(&err);
	return record;
}

static void
open_segment(struct stream *stream, struct node *header)
{
	struct segment *segment = &stream->segment;
	struct buf err = BUF_INIT, directory = BUF_INIT;
	const char *id = node_text(header, "id");

	if (stream->segments++ == 0)
		stream_name(header, &stream->name);
	stream->expected += node_integer(header, "photos", 0);
	segment->header = header;
	segment->options = stream->options;
	segment->stream = stream;
	stream_find_directory(stream->options, header, &directory);
	if (directory.len == 0 || id == NULL)
		msg_die("%s:%ld: a batch without id or directory", stream->lines.name,
		    stream->lines.number);
	stream_check_steps(header, stream->filter->needs, &stream->lines);
	segment->profile = stream_open_profile(stream->options, header, &stream->lines);
	segment->batch = batch_open(directory.data, BATCH_SHARED, NULL, &err);
	if (segment->batch == NULL)
		msg_die("%s", err.data);
	census_begin(&stream->census, id);
	if (strcmp(segment->batch->id, id) != 0)
		msg_die("'%s' is batch '%s', and the manifest's is '%s'", directory.data,
		    segment->batch->id, id);
	stream->journal = journal_load(segment->batch, &err);
	if (stream->journal == NULL)
		msg_die("%s", err.data);
	segment->journal = stream->journal;
	stream->acknowledged = acknowledged_new(stream->journal);
	if (stream->options->dated)
		stream_set_day(segment, stream->options->date);
	if (stream->filter->judges)
		stream->judged = judged_new();
	stream_add_step(header, stream->filter->tool);
	if (stream->filter->begin != NULL &&
	    stream->filter->begin(stream->state, segment, &err) != 0)
		msg_die("%s", err.data);
	stream_print_to(stream->later, header);
	if (stream->filter->work != NULL)
		start_workers(stream);
	buf_release(&directory);
}

/* What people and checks of third parties said since the tool before this one
 * wrote the record; line is its text. */
static void
apply_answers(struct stream *stream, struct node *photo, struct buf *line)
{
	if (!decide_apply(stream->journal, photo) && !stream_has_foreign_check(photo))
		return;
	status_derive(photo, stream->segment.profile);
	buf_clear(line);
	node_print(photo, line);
}

static void
take_record(struct stream *stream, struct node *record, struct buf *line)
{
	const struct stream_filter *filter = stream->filter;
	struct buf err = BUF_INIT;
	int wanted;

	if (census_add(&stream->census, record, &err) != 0)
		msg_die("%s:%ld: %s", stream->lines.name, stream->lines.number, err.data);
	if (stream_is_photo(record))
		apply_answers(stream, record, line);
	if (stream->workers == NULL) {
		pass_on(stream, record, line->data, line->len);
		return;
	}
	wanted = stream_is_photo(record) &&
	    (filter->wants == NULL || filter->wants(stream->state, record));
	if (wanted)
		workers_submit(stream->workers, line->data, line->len);
	else
		workers_pass(stream->workers, line->data, line->len);
}

static void
check_count(struct stream *stream, const struct node *end)
{
	int subset = node_true(end, "subset"), same;
	struct buf err = BUF_INIT;

	same = census_compare(&stream->census, end, &err);
	if (same < 0 || (same == 0 && !stream->options->subset))
		msg_die("%s:%ld: %s", stream->lines.name, stream->lines.number, err.data);
	subset |= same == 0;
	buf_release(&err);
	stream->segment.subset = subset;
	if (subset && stream->filter->refuses_subset)
		msg_die("the manifest is a subset, and this must be made from all of it");
}

static void
replay(struct stream *stream)
{
	struct spool *spool = &stream->spool;
	struct buf text = BUF_INIT;
	size_t photo = 0;

	stream->counts.records = 0;
	memset(stream->counts.status, 0, sizeof stream->counts.status);
	memset(stream->counts.waiting, 0, sizeof stream->counts.waiting);
	memset(stream->counts.since, 0, sizeof stream->counts.since);
	for (size_t i = 0; i < spool->count; i++) {
		struct node *record = spool_get(spool, i, &text);
		int changed = stream_is_photo(record) && stream->filter->finish != NULL;

		if (changed)
			stream->filter->finish(stream->state, &record, photo++);
		if (remember(stream, record) || changed)
			stream_print_to(stream->later, record);
		else
			stream_print_text(stream->later, text.data, text.len);
		stream_count(&stream->counts, record);
		node_free(record);
	}
	buf_release(&text);
}

static void
close_segment(struct stream *stream, struct node *end)
{
	struct segment *segment = &stream->segment;
	struct buf err = BUF_INIT;

	if (stream->workers != NULL)
		workers_end(stream->workers);
	stream->workers = NULL;
	check_count(stream, end);
	fault_end();
	if ((stream->filter->end != NULL &&
	    stream->filter->end(stream->state, segment, &err) != 0) ||
	    batch_sync(segment->batch, &err) != 0)
		msg_die("%s", err.data);
	if (stream->filter->holds)
		replay(stream);
	if (stream->judged != NULL && !segment->subset &&
	    judged_save(stream->judged, segment->batch, &err) != 0)
		msg_die("%s", err.data);
	judged_free(stream->judged);
	stream->judged = NULL;
	stream->counts.errors += node_integer(end, "errors", 0);
	stream->counts.known += node_integer(end, "acknowledged", 0);
	stream_set_counts(end, &stream->counts);
	census_set(&stream->census, end);
	if (segment->subset)
		node_set_flag(end, "subset", 1);
	if (stream->filter->publish != NULL && stream->later == NULL)
		stream->later = spool_file(segment->batch);
	stream_print_to(stream->later, end);
	stream_add_counts(&stream->total, &stream->counts);
	spool_release(&stream->spool);
	census_release(&stream->census);
	acknowledged_free(stream->acknowledged);
	journal_free(stream->journal);
	stream->acknowledged = NULL;
	stream->journal = NULL;
	batch_close(segment->batch);
	profile_free(segment->profile);
	node_free(segment->header);
	memset(segment, 0, sizeof *segment);
	memset(&stream->counts, 0, sizeof stream->counts);
	stream->photos = 0;
	buf_release(&err);
}

static void
read_segments(struct stream *stream)
{
	struct buf line = BUF_INIT;
	struct node *record;
	const char *type;

	while ((record = next_record(stream, &line)) != NULL) {
		type = stream_type(record);
		if (stream->segment.header == NULL && strcmp(type, "batch") == 0) {
			stream->segment.number = stream->segments;
			open_segment(stream, record);
			continue;
		}
		if (stream->segment.header == NULL || strcmp(type, "batch") == 0)
			msg_die("%s:%ld: %s", stream->lines.name, stream->lines.number,
			    stream->segment.header == NULL ?
			    "a record outside a batch: not a manifest, or its head is missing" :
			    "a batch begins before the one above has its `end`");
		if (strcmp(type, "end") == 0)
			close_segment(stream, record);
		else
			take_record(stream, record, &line);
		node_free(record);
	}
	if (stream->segment.header != NULL)
		msg_die("%s: ends after line %ld without `end`: the tool before this "
		    "one failed, or the file is cut", stream->lines.name,
		    stream->lines.number);
	if (stream->segments == 0)
		msg_die("%s: empty, and a manifest was expected", stream->lines.name);
	buf_release(&line);
}

int
stream_run(const struct stream_filter *filter, void *state,
    const struct stream_options *options)
{
	struct stream stream;
	struct buf err = BUF_INIT;

	memset(&stream, 0, sizeof stream);
	buf_init(&stream.deferred);
	buf_init(&stream.name);
	stream.filter = filter;
	stream.state = state;
	stream.options = options;
	stream_refuse_terminal(options->force);
	stream_tell_waiting(options->manifest);
	if (io_lines_open(&stream.lines, options->manifest, &err) != 0)
		msg_die("%s", err.data);
	read_segments(&stream);
	io_lines_close(&stream.lines);
	fault_end();
	if (filter->publish != NULL && filter->publish(state, &err) != 0)
		msg_die("%s", err.data);
	if (stream.later != NULL)
		spool_print(stream.later);
	stream_summary(&stream.total, stream.name.data, stream.segments);
	buf_release(&stream.name);
	buf_release(&err);
	return stream.total.errors > 0 ? EXIT_SOME_FAILED : EXIT_DONE;
}
