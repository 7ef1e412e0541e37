#ifndef TC_KIND_H
#define TC_KIND_H
/*
 * kind: one thing that tc-export can make.
 *
 * A new kind is one module that defines a struct kind, and one line in the table
 * in cmd/tc-export.c.  Its filter reads the manifest (stream.h), passes records
 * on as they are, and publishes its product in end.
 */
struct buf;
struct io_product;
struct segment;
struct stream_filter;

struct kind_options {
	const char *output;	/* -o: a file, or a directory in which the kind
				 * names the file */
	int force;		/* --force: replace a file with other bytes */
};

struct kind {
	const char *name;	/* the operand: "chsi" */
	const char *title;	/* in names of files: "电子图像校对反馈表" */
	const char *extension;	/* ".xlsx" */
	const struct stream_filter *filter;
	/* The filter's state; options are borrowed for as long as it lives. */
	void *(*start)(const struct kind_options *options);
	void (*stop)(void *state);
};

/* Begin the product of a segment.  In a directory it is called
 * CODE_SCHOOL_CLASS届_TITLE_YYYYMMDD (forms.md 7).  A file holds one segment: for
 * a second one this fails, with the advice to name a directory. */
int kind_open(const struct kind *kind, const struct kind_options *options,
    const struct segment *segment, struct io_product *product,
    struct buf *err);

/* Whether each segment has a file of its own, which is then published in end;
 * else the one file is published in publish, when the whole input was good. */
int kind_publishes_each(const struct kind_options *options);

/* Publish as options say. */
int kind_publish(const struct kind_options *options,
    struct io_product *product, struct buf *err);

/* Append text with what no system allows in a file's name replaced by '_'. */
void kind_add_file_name(const char *text, struct buf *out);

#endif
