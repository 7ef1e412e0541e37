#include "lib/statistics/stats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/product/kind.h"
#include "lib/profile/profile.h"
#include "lib/statistics/pastfigures.h"
#include "lib/statistics/statsheet.h"
#include "lib/stream/stream.h"
#include "lib/table/xlsx.h"

/* The sum of one school's manifest. */
struct snapshot {
	size_t school, day;
	struct figures_line total;
	struct figures_line kept;	/* as it was published on its day */
	int is_kept;
};

/* What one school's journal keeps, and what is published of it now. */
struct told {
	char *directory;
	struct pastfigures_day *days, now;
	size_t count;
};

struct stats {
	const struct kind_options *options;
	struct io_product product;
	char *temporary;		/* directory */
	char *date;
	long long created;
	struct statsheet_school *schools;
	struct told *told;		/* of each school */
	size_t school_count;
	struct snapshot *snapshots;
	size_t snapshot_count, day_count;
	struct figures figures;		/* of the segment in work */
};

/* ---- segments ---- */

static int
check_fee(const struct profile *profile, struct buf *err)
{
	const char *mode = profile_text(profile, "fee", "mode");
	const char *base = profile_text(profile, "fee", "counts");

	if ((strcmp(mode, "school") == 0 || strcmp(mode, "student") == 0) &&
	    (strcmp(base, "submitted") == 0 || strcmp(base, "passed") == 0))
		return 0;
	buf_addf(err, "profile '%s': [fee] mode is school or student, counts "
	    "submitted or passed", profile_name(profile));
	return -1;
}

static int
stats_begin(void *state, struct segment *segment, struct buf *err)
{
	struct stats *stats = state;
	struct buf path = BUF_INIT;

	if (check_fee(segment->profile, err) != 0)
		return -1;
	if (stats->product.part != NULL)
		return 0;
	batch_path(segment->batch, "tmp", &path);
	stats->temporary = buf_detach(&path);
	stats->created = batch_time(segment->batch);
	stats->date = xstrdup(segment->batch->date);
	return kind_open_whole(&stats_kind, stats->options, segment,
	    &stats->product, err);
}

static int
stats_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct stats *stats = state;

	(void)index;
	(void)err;
	figures_add(&stats->figures, photo);
	return 0;
}

static void
release_school(struct statsheet_school *school)
{
	free(school->id);
	free(school->code);
	free(school->name);
	free(school->class);
	figures_release(&school->figures);
	memset(school, 0, sizeof *school);
}

static size_t
find_school(struct stats *stats, const char *id)
{
	size_t i;

	for (i = 0; i < stats->school_count; i++)
		if (strcmp(stats->schools[i].id, id) == 0)
			return i;
	stats->schools = xrealloc_array(stats->schools, i + 1,
	    sizeof *stats->schools);
	memset(&stats->schools[i], 0, sizeof *stats->schools);
	stats->told = xrealloc_array(stats->told, i + 1, sizeof *stats->told);
	memset(&stats->told[i], 0, sizeof *stats->told);
	stats->school_count++;
	return i;
}

static void
add_snapshot(struct stats *stats, size_t school)
{
	struct snapshot *snapshot;

	stats->snapshots = xrealloc_array(stats->snapshots,
	    stats->snapshot_count + 1, sizeof *stats->snapshots);
	snapshot = &stats->snapshots[stats->snapshot_count++];
	snapshot->school = school;
	snapshot->day = stats->schools[school].snapshots++;
	snapshot->total = stats->figures.total;
	if (snapshot->day >= stats->day_count)
		stats->day_count = snapshot->day + 1;
}

/* Figures of the day that a manifest is of were perhaps published; the last manifest of a
 * school is published now. */
static void
take_kept(struct stats *stats, size_t index, const struct segment *segment)
{
	struct told *told = &stats->told[index];
	struct snapshot *snapshot = &stats->snapshots[stats->snapshot_count - 1];
	const char *received = node_text(segment->header, "received");
	const struct figures_line *line;

	free(told->directory);
	free(told->days);
	told->directory = xstrdup(segment->batch->directory);
	told->count = pastfigures_load(segment->journal, &told->days);
	snprintf(told->now.date, PASTFIGURES_DATE, "%.10s", segment->batch->date);
	told->now.total = stats->figures.total;
	line = received != NULL && strcmp(received, told->now.date) < 0 ?
	    pastfigures_find(told->days, told->count, received) : NULL;
	snapshot->is_kept = line != NULL;
	if (line != NULL)
		snapshot->kept = *line;
}

static int
stats_end(void *state, struct segment *segment, struct buf *err)
{
	struct stats *stats = state;
	const struct profile *profile = segment->profile;
	const struct batch *batch = segment->batch;
	size_t index = find_school(stats, batch->id);
	struct statsheet_school *school = &stats->schools[index];
	size_t snapshots = school->snapshots;

	(void)err;
	figures_end(&stats->figures);
	release_school(school);
	school->snapshots = snapshots;
	school->id = xstrdup(batch->id);
	school->code = xstrdup(batch->school_code);
	school->name = xstrdup(batch->school_name);
	school->class = xstrdup(batch->class);
	school->by_student = strcmp(profile_text(profile, "fee", "mode"),
	    "student") == 0;
	school->by_passed = strcmp(profile_text(profile, "fee", "counts"),
	    "passed") == 0;
	school->price = profile_number(profile, "fee", "price");
	add_snapshot(stats, index);
	take_kept(stats, index, segment);
	school->figures = stats->figures;
	memset(&stats->figures, 0, sizeof stats->figures);
	return 0;
}

/* ---- days ---- */

/* The index-th name of --days, or a number. */
static char *
day_name(const struct stats *stats, size_t index)
{
	const char *at = stats->options->days;
	struct buf name = BUF_INIT;
	size_t i, len;

	for (i = 0; at != NULL && i <= index; i++) {
		len = strcspn(at, ",");
		if (i == index)
			buf_add(&name, at, len);
		at = at[len] == ',' ? at + len + 1 : NULL;
	}
	if (name.len == 0)
		buf_addf(&name, "第 %zu 次", index + 1);
	return buf_detach(&name);
}

/* A school without a manifest of its own that day counts as on its last. */
static void
add_days(const struct stats *stats, struct xlsx *xlsx)
{
	struct statsheet_day *days = xcalloc(stats->day_count, sizeof *days);
	const struct snapshot *snapshot;
	size_t i, day, last;

	for (i = 0; i < stats->snapshot_count; i++) {
		snapshot = &stats->snapshots[i];
		int newest = snapshot->day + 1 ==
		    stats->schools[snapshot->school].snapshots;

		last = newest ? stats->day_count - 1 : snapshot->day;
		for (day = snapshot->day; day <= last; day++)
			figures_sum(&days[day].sum, !newest && snapshot->is_kept ?
			    &snapshot->kept : &snapshot->total);
	}
	for (day = 0; day < stats->day_count; day++)
		days[day].name = day_name(stats, day);
	statsheet_days(xlsx, days, stats->day_count);
	for (day = 0; day < stats->day_count; day++)
		free(days[day].name);
	free(days);
}

/* The dates on which figures were published before, of all schools, and today's. */
static size_t
list_dates(const struct stats *stats, struct pastfigures_day **dates)
{
	size_t count = 0;

	*dates = NULL;
	for (size_t i = 0; i < stats->school_count; i++)
		for (size_t k = 0; k <= stats->told[i].count; k++) {
			const struct told *told = &stats->told[i];
			const struct pastfigures_day *day = k < told->count ?
			    &told->days[k] : &told->now;

			if (strcmp(day->date, stats->date) > 0 ||
			    pastfigures_find(*dates, count, day->date) != NULL)
				continue;
			*dates = xrealloc_array(*dates, ++count, sizeof **dates);
			(*dates)[count - 1] = *day;
		}
	pastfigures_sort(*dates, count);
	return count;
}

/* A school counts on a day as it was published last, and today as it is. */
static void
sum_date(const struct stats *stats, const char *date, struct figures_line *sum)
{
	for (size_t i = 0; i < stats->school_count; i++) {
		const struct told *told = &stats->told[i];
		const struct figures_line *line = strcmp(date, told->now.date) >= 0 ?
		    &told->now.total : NULL;

		for (size_t k = told->count; line == NULL && k > 0; k--)
			if (strcmp(told->days[k - 1].date, date) <= 0)
				line = &told->days[k - 1].total;
		if (line != NULL)
			figures_sum(sum, line);
	}
}

/* Each school has one manifest: the days are those that the journals keep. */
static void
add_kept_days(const struct stats *stats, struct xlsx *xlsx)
{
	struct pastfigures_day *dates;
	size_t count = list_dates(stats, &dates);
	struct statsheet_day *days = xcalloc(count, sizeof *days);

	for (size_t i = 0; i < count; i++) {
		days[i].name = dates[i].date;
		sum_date(stats, dates[i].date, &days[i].sum);
	}
	if (count > 1)
		statsheet_days(xlsx, days, count);
	free(days);
	free(dates);
}

/* ---- end ---- */

static void
set_head(const struct stats *stats, struct xlsx *xlsx)
{
	const struct statsheet_school *school = stats->schools;
	struct buf head = BUF_INIT;

	if (stats->school_count == 1)
		batch_add_names(school->code, school->name, school->class, &head);
	else
		buf_addf(&head, "%zu 所学校", stats->school_count);
	xlsx_running(xlsx, head.data, stats->date);
	buf_release(&head);
}

static int
stats_publish(void *state, struct buf *err)
{
	struct stats *stats = state;
	struct xlsx *xlsx;

	if (stats->school_count > 1)
		kind_name_all(&stats_kind, stats->options, stats->date,
		    &stats->product);
	xlsx = xlsx_new(stats->product.part, stats->temporary, stats->created,
	    stats_kind.title, err);
	if (xlsx == NULL)
		return -1;
	set_head(stats, xlsx);
	statsheet_schools(xlsx, stats->schools, stats->school_count);
	statsheet_colleges(xlsx, stats->schools, stats->school_count);
	statsheet_points(xlsx, stats->schools, stats->school_count);
	statsheet_classes(xlsx, stats->schools, stats->school_count);
	statsheet_reasons(xlsx, stats->schools, stats->school_count);
	statsheet_fees(xlsx, stats->schools, stats->school_count);
	if (stats->day_count > 1)
		add_days(stats, xlsx);
	else
		add_kept_days(stats, xlsx);
	if (xlsx_close(xlsx, err) != 0 ||
	    kind_publish(stats->options, &stats->product, err) != 0)
		return -1;
	for (size_t i = 0; i < stats->school_count; i++)
		if (pastfigures_record(stats->told[i].directory, &stats->told[i].now,
		    err) != 0)
			return -1;
	return 0;
}

static void *
stats_start(const struct kind_options *options)
{
	struct stats *stats = xcalloc(1, sizeof *stats);

	stats->options = options;
	stats->product.fd = -1;
	return stats;
}

static void
stats_stop(void *state)
{
	struct stats *stats = state;
	size_t i;

	for (i = 0; i < stats->school_count; i++) {
		release_school(&stats->schools[i]);
		free(stats->told[i].directory);
		free(stats->told[i].days);
	}
	free(stats->told);
	figures_release(&stats->figures);
	kind_release(&stats->product);
	free(stats->schools);
	free(stats->snapshots);
	free(stats->temporary);
	free(stats->date);
	free(stats);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_normalized,
	.refuses_subset = 1,
	.begin = stats_begin,
	.collect = stats_collect,
	.end = stats_end,
	.publish = stats_publish
};

const struct kind stats_kind = {
	.name = "stats",
	.what = "figures and fees, workbook",
	.title = "统计表",
	.extension = ".xlsx",
	.takes = KIND_DAYS,
	.filter = &filter,
	.start = stats_start,
	.stop = stats_stop
};
