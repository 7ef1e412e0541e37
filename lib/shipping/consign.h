#ifndef TC_CONSIGN_H
#define TC_CONSIGN_H
/*
 * consign: prints as parcels, and where each parcel is sent, of all schools of the input.
 *
 * A parcel goes to a school, a teaching point or a student, the profile's [post] to.  It
 * waits while the school's stamped form is not recorded, unless --include says otherwise.
 * Sheets are counted as tc-layout lays them by the profile's template.  The kinds that are
 * made of parcels share the filter.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

#include "lib/base/io.h"
#include "lib/sheet/order.h"
#include "lib/sheet/page.h"
#include "lib/sheet/template.h"

struct buf;
struct kind;
struct kind_options;
struct segment;
struct stream_filter;

enum consign_to { CONSIGN_SCHOOL, CONSIGN_POINT, CONSIGN_STUDENT };

struct consignment {
	enum consign_to to;
	char *number;		/* 寄送编号: the same in every run */
	char *code, *school;
	char *name;		/* of the teaching point or student, or "" */
	char *recipient, *phone, *address, *postcode;	/* "" when not known */
	char *carrier, *tracking;	/* as read back, or "" */
	const char *note;	/* Chinese, or "" */
	int held;		/* waits for the stamped form */
	long persons, prints, sheets;
	double grams;
	char *weight;		/* the class of it, in Chinese */
	struct page_flow flow;
	uint64_t group;		/* of the student before */
};

struct consign {
	const struct kind_options *options;
	const struct kind *kind;
	int (*write)(struct consign *consign, struct buf *err);
	struct io_product product;
	char *temporary, *sender, *labels;
	long long created;
	char date[sizeof "YYYY-MM-DD"];
	int several;			/* batches */
	char *batch;			/* of the first */
	struct consignment *items;
	size_t count, first;		/* of the batch in work */
	struct segment *segment;	/* in work */
	enum consign_to to;
	struct order order;
	struct template template;
	struct page page;
};

extern const struct stream_filter consign_filter;

struct consign *consign_new(const struct kind_options *options,
    const struct kind *kind, int (*write)(struct consign *, struct buf *));
void consign_describe(const void *consign, struct buf *out);
void consign_stop(void *consign);

/* 学校, 教学点, 学生. */
const char *consign_to_name(enum consign_to to);

#endif
