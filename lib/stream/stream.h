#ifndef TC_STREAM_H
#define TC_STREAM_H
/*
 * stream: manifest in, manifest out, tc-manifest(5).
 *
 * stream_run reads segments `batch ... end`, gives every photo record to the
 * filter, writes the same records in the same order to standard output, keeps
 * counts, and is the only place that detects a broken stream: a segment
 * without `end`, or with another number of records than `end` says (unless
 * --subset), ends the tool with EXIT_NO_WORK before anything is published.  A
 * line that is not JSON is reported with its number, becomes a `refused` record
 * and counts as an error.  Records and members that a tool does not know pass
 * through.
 */
#include <stddef.h>	/* size_t */

#include "lib/decision/duty.h"

struct batch;
struct buf;
struct journal;
struct node;
struct profile;

/* Options that every filter has. */
struct stream_options {
	const char *directory;	/* -d, or NULL: the header's */
	const char *profile;	/* -p, or NULL: the header's */
	long jobs;		/* -j, 0: as many as processors */
	int force;		/* --force */
	int dry_run;		/* -n: the tool calls dryrun_start */
	int subset;		/* --subset */
	int reprofile;		/* --reprofile */
	const char *manifest;	/* operand, or NULL: standard input */
	int dated;		/* makes products: batch->date is their day */
	const char *date;	/* --date, or NULL: the day of the newest upload or
				 * answer of a person or the register */
};

/* One segment while it passes. */
struct segment {
	struct node *header;	/* the batch record; steps already has this tool */
	struct batch *batch;	/* opened BATCH_SHARED */
	struct profile *profile;
	long number;		/* of the segment, from 0 */
	int subset;		/* the input or this run is a subset */
	const struct stream_options *options;
	const struct journal *journal;	/* people's answers about the batch */
	struct stream *stream;	/* for stream_held */
};

/* What a tool does to a stream.  Each function may be NULL.  Functions return 0,
 * or -1 with the reason in err.  photo is changed in place. */
struct stream_filter {
	const char *tool;	/* "tc-check" */
	int holds;		/* needs all records before it prints one: they are
				 * spooled, and finish is called when replayed */
	int judges;		/* adds checks: judged.h remembers what is rejected */
	int refuses_subset;	/* its product must not come from a subset */
	/* Tools that the records must have been through, in this order, as the
	 * header's steps have it: NULL-ended, or NULL.  Otherwise the tool ends. */
	const char *const *needs;

	/* Parent, after the header was read; a failure ends the tool. */
	int (*begin)(void *state, struct segment *segment, struct buf *err);
	/* Parent: whether this photo is work for a worker. */
	int (*wants)(void *state, const struct node *photo);
	/* Worker, once. */
	int (*start)(void *state, struct buf *err);
	/* Worker: one photo.  A failure makes the record unreadable with the
	 * reason, and counts as an error. */
	int (*work)(void *state, struct node *photo, struct buf *err);
	/* Parent, in order: each photo, index counting from 0 in the segment.  A
	 * failure is reported and counts as an error; the record passes on as it is. */
	int (*collect)(void *state, const struct node *photo, size_t index,
	    struct buf *err);
	/* Parent, after the last record of a segment was read and the counts were
	 * found right.  A failure ends the tool. */
	int (*end)(void *state, struct segment *segment, struct buf *err);
	/* Parent, holding filters only: each photo again before it is printed.  It
	 * may be replaced by another node. */
	void (*finish)(void *state, struct node **photo, size_t index);
	/* Parent, after the last segment: publish the product.  No `end` is printed
	 * before this, of any segment.  A failure ends the tool. */
	int (*publish)(void *state, struct buf *err);
};

/* What `needs` is for a product of judged photos, and for one of registration
 * images. */
extern const char *const stream_checked[], *const stream_normalized[];

/* Run the filter over the whole input.  Returns the exit status; does not
 * return when the tool cannot do its work. */
int stream_run(const struct stream_filter *filter, void *state,
    const struct stream_options *options);

/* In end of a holding filter: the photo record at index again; the caller frees
 * it. */
struct node *stream_held(struct segment *segment, size_t index);

/* The profile that the first batch of a manifest was made with, for a run that only prints;
 * any error ends the tool. */
struct profile *stream_profile_of(const struct stream_options *options, const char *manifest);

/* A manifest is personal data: ends the tool when standard output is a terminal, unless
 * it is forced. */
void stream_refuse_terminal(int force);

/* Options as they are recorded in the header's steps: call from begin for what
 * changes results. */
void stream_note_option(struct segment *segment, const char *name,
    const char *value);

/* ---- for tc-ingest, which begins a stream ---- */

/* Counts that `end` carries; tc-ingest fills rows and entries. */
struct stream_counts {
	long records;
	long status[8];		/* by enum status */
	long waiting[DUTY_ACTORS];	/* open duties, by who has to act */
	char since[DUTY_ACTORS][sizeof "YYYY-MM-DD"];	/* the oldest of it, or "" */
	long errors;
	long known;		/* errors that a person has acknowledged, or whose
				 * upload was sent again whole */
};
/* Add a record to the counts: its status when it is a photo. */
void stream_count(struct stream_counts *counts, const struct node *record);
/* Write the counts into an end record. */
void stream_set_counts(struct node *end, const struct stream_counts *counts);
/* Append the batch's name for people: school, class, date. */
void stream_name(const struct node *header, struct buf *out);
/* Print who has to do what, and a last line that an operator can forward, about the batch
 * of that name, or about that many batches.  Only the last tool of a pipeline prints it,
 * unless there are errors; silenced by -q. */
void stream_summary(const struct stream_counts *counts, const char *name, long batches);
/* Append this tool to header's steps. */
struct node *stream_add_step(struct node *header, const char *tool);
/* Print a record as a line on standard output. */
void stream_print(const struct node *record);

#endif
