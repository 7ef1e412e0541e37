#ifndef TC_SURVEY_H
#define TC_SURVEY_H
/*
 * survey: the state of each school, for products about a whole province: what is due,
 * payments, ranking, progress.
 *
 * One school is one batch; of several manifests of one batch the last counts.  All such
 * kinds share the filter, and differ by what they write of the schools at the end.
 * Days are YYYY-MM-DD, "" where there is none.  Memory: figures.h, and 40 bytes for each
 * day on which photos came.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/io.h"
#include "lib/decision/duty.h"
#include "lib/statistics/figures.h"

struct buf;
struct kind;
struct kind_options;
struct node;
struct profile;
struct stream_filter;
struct xlsx;

enum { SURVEY_DATE = sizeof "YYYY-MM-DD" };

/* Records that wait for the same duty. */
struct survey_wait {
	long count;
	char since[SURVEY_DATE];	/* of the one that has waited longest */
};

/* Persons whose present photo arrived on a day. */
struct survey_day {
	char date[SURVEY_DATE];
	long taken, passed;
};

struct survey_school {
	char *id;			/* of the batch */
	char *code, *name, *class;	/* "" when not known */
	struct node *table;		/* the school's members in the header: "city",
					 * "contact", "phone", "address", "paid" ... */
	struct profile *profile;	/* as it holds for the school */
	struct figures figures;
	long clean;			/* of those who passed: without any warning */
	struct survey_wait waits[DUTY_KINDS];
	struct survey_wait spring, summer;	/* not yet accepted by the register, by
						 * their time of graduation */
	struct survey_day *days;	/* in order */
	size_t day_count;
	char received[SURVEY_DATE];	/* the newest upload */
	char delivered[SURVEY_DATE], delivered_last[SURVEY_DATE];
	char printed[SURVEY_DATE];	/* the first time */
	char feedback[SURVEY_DATE];	/* the stamped form */
	char window_first[SURVEY_DATE], window_last[SURVEY_DATE];
};

struct survey {
	const struct kind_options *options;
	const struct kind *kind;
	/* Write the product to product.part.  0, or -1 with the reason. */
	int (*write)(struct survey *survey, struct buf *err);
	struct io_product product;
	char *temporary;		/* directory for libraries */
	long long created;		/* metadata */
	char date[SURVEY_DATE];		/* of the product: the latest of all batches' */
	struct survey_school *schools;	/* in the order of their codes, when written */
	size_t count;
	struct survey_school *school;	/* in work */
};

extern const struct stream_filter survey_filter;

/* The state of a kind whose filter is survey_filter; options are borrowed. */
struct survey *survey_new(const struct kind_options *options,
    const struct kind *kind, int (*write)(struct survey *, struct buf *));
void survey_stop(void *survey);

/* A member of the school's row in the table of schools, or "". */
const char *survey_text(const struct survey_school *school, const char *member);
/* The city, or 未知 where the table does not say it. */
const char *survey_city(const struct survey_school *school);
/* Whether city is a city's name, and not 未知. */
int survey_knows_city(const char *city);
/* part / whole; 0 when whole is 0. */
double survey_share(long part, long whole);
/* Cities in the order in which schools name them first: the index-th, or NULL. */
const char *survey_city_at(const struct survey *survey, size_t index);

/* Begin the product as a workbook, with the running head of its schools.  NULL with the
 * reason; end with xlsx_close. */
struct xlsx *survey_workbook(const struct survey *survey, struct buf *err);

#endif
