#ifndef TC_KIND_H
#define TC_KIND_H
/*
 * kind: one thing that tc-export can make.
 *
 * A new kind is a module that defines a struct kind, its header and its address in
 * cmd/tc-export.c, and a section and an item in tc-export(1).  Its filter reads the
 * manifest (stream.h), passes records on as they are, and publishes its product in end,
 * or in publish when it is one product of the whole input.  Kinds that list students
 * share listkind.h.
 */
#include "lib/profile/window.h"	/* WINDOW_DATE */

struct buf;
struct io_product;
struct leftout;
struct profile;
struct segment;
struct stream_filter;

/* Options that not every kind has: a kind says which it takes. */
enum kind_takes {
	KIND_NEW = 1 << 0, KIND_FULL_ID = 1 << 1, KIND_PASSWORD = 1 << 2,
	KIND_SPLIT = 1 << 3, KIND_INCLUDE = 1 << 4, KIND_DEADLINE = 1 << 5,
	KIND_COLUMNS = 1 << 6, KIND_DAYS = 1 << 7, KIND_ALL = 1 << 8
};

struct kind_options {
	const char *output;	/* -o: a file, "-", or a directory in which the
				 * kind names the file */
	int out;		/* "-": what standard output was */
	const char *manifest;	/* --manifest, with "-" only */
	int force;		/* --force: replace a file with other bytes */
	int only_new;		/* --new */
	int all;		/* --all */
	int full_id;		/* --full-id */
	const char *password_file;
	const char *include;	/* codes of schools, comma-separated, or "all" */
	const char *split;	/* a file for each value of this member of student */
	const char *date, *deadline;	/* YYYY-MM-DD */
	const char *columns;	/* comma-separated */
	const char *preset;	/* a set of columns, by name or path */
	const char *days;	/* comma-separated */
	struct leftout *leftout;	/* who is not in it, leftout.h; or NULL */
};

struct kind {
	const char *name;	/* the operand: "chsi" */
	const char *what;	/* in a few words, for --help and tc-export(1) */
	const char *title;	/* in names of files: "电子图像校对反馈表" */
	const char *extension;	/* ".xlsx" */
	unsigned int takes;	/* enum kind_takes */
	const struct stream_filter *filter;
	/* The filter's state; options are borrowed for as long as it lives. */
	void *(*start)(const struct kind_options *options);
	/* Append what the operator should know of what was made; may be NULL. */
	void (*describe)(const void *state, struct buf *out);
	void (*stop)(void *state);
};

/* Which of several products of a segment it is. */
struct kind_part {
	int volume;		/* from 1; the first needs no number */
	const char *name;	/* in a directory: a college, or NULL */
	const char *date;	/* YYYY-MM-DD, or NULL: the batch's */
};

/* The day until which photos can be taken again: the given one, else the last of the
 * school's window; "" where there is none, or it is past on the product's day. */
void kind_deadline(const struct kind_options *options, const struct segment *segment,
    char day[static WINDOW_DATE]);

/* Begin a product of a segment.  In a directory it is called
 * CODE_SCHOOL_CLASS届_TITLE[_NAME]_YYYYMMDD (forms.md 7).  A file holds one segment:
 * for a second one this fails, with the advice to name a directory.  Volumes
 * after the first are called FILE-2, FILE-3, before the extension; "-" has none.
 * For "-" the product is a nameless file in the batch directory. */
int kind_open(const struct kind *kind, const struct kind_options *options,
    const struct segment *segment, const struct kind_part *part,
    struct io_product *product, struct buf *err);
/* The same for a product of the whole input, whose first segment this is. */
int kind_open_whole(const struct kind *kind, const struct kind_options *options,
    const struct segment *segment, struct io_product *product,
    struct buf *err);

/* Rename a product of the whole input after it turned out to hold several schools: in a
 * directory it is then called 全省_TITLE_YYYYMMDD. */
void kind_name_all(const struct kind *kind, const struct kind_options *options,
    const char *date, struct io_product *product);

/* Whether -o names a directory, so that each segment has a file of its own, which
 * is then published in end; else the one file is published in publish, when the
 * whole input was good. */
int kind_publishes_each(const struct kind_options *options);

/* Publish as options say: rename, or copy to standard output. */
int kind_publish(const struct kind_options *options,
    struct io_product *product, struct buf *err);
/* Remove the unpublished product; after publish this does nothing. */
void kind_release(struct io_product *product);

/* Append the name of a product without its directory. */
void kind_add_base_name(const struct io_product *product, struct buf *out);

#endif
