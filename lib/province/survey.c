#include "lib/province/survey.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/decision/status.h"
#include "lib/product/kind.h"
#include "lib/profile/profile.h"
#include "lib/profile/window.h"
#include "lib/stream/stream.h"
#include "lib/table/xlsx.h"

enum { DAY_CHARACTERS = SURVEY_DATE - 1 };

static const char unknown_city[] = "未知";

/* ---- days ---- */

static void
copy_day(const char *text, char day[static SURVEY_DATE])
{
	snprintf(day, SURVEY_DATE, "%.*s", DAY_CHARACTERS, text != NULL ? text : "");
}

static void
take_first(const char *text, char day[static SURVEY_DATE])
{
	if (text != NULL && (*day == '\0' || strncmp(text, day, DAY_CHARACTERS) < 0))
		copy_day(text, day);
}

static void
take_last(const char *text, char day[static SURVEY_DATE])
{
	if (text != NULL && strncmp(text, day, DAY_CHARACTERS) > 0)
		copy_day(text, day);
}

static void
wait_for(struct survey_wait *wait, const char *since)
{
	wait->count++;
	take_first(since, wait->since);
}

/* ---- schools ---- */

static void
release_school(struct survey_school *school)
{
	free(school->id);
	free(school->code);
	free(school->name);
	free(school->class);
	node_free(school->table);
	profile_free(school->profile);
	figures_release(&school->figures);
	free(school->days);
	memset(school, 0, sizeof *school);
}

static struct survey_school *
find_school(struct survey *survey, const char *id)
{
	struct survey_school *school;

	for (size_t i = 0; i < survey->count; i++)
		if (strcmp(survey->schools[i].id, id) == 0) {
			release_school(&survey->schools[i]);
			return &survey->schools[i];
		}
	survey->schools = xrealloc_array(survey->schools, survey->count + 1,
	    sizeof *survey->schools);
	school = &survey->schools[survey->count++];
	memset(school, 0, sizeof *school);
	return school;
}

/* The stream's profile ends with the segment. */
static struct profile *
own_profile(const struct segment *segment, struct buf *err)
{
	struct profile *profile = profile_load(profile_name(segment->profile), err);
	const struct node *set = node_get(node_get(segment->header, "profile"), "set");

	if (profile != NULL && profile_overlay(profile, set, err) != 0) {
		profile_free(profile);
		return NULL;
	}
	return profile;
}

static void
hear_journal(struct survey_school *school, const struct journal *journal)
{
	for (size_t i = 0; i < journal_count(journal); i++) {
		const struct journal_answer *answer = journal_at(journal, i);

		if (answer->kind == JOURNAL_DELIVERY) {
			take_first(answer->when, school->delivered);
			take_last(answer->when, school->delivered_last);
		} else if (answer->kind == JOURNAL_PRINT) {
			take_first(answer->when, school->printed);
		} else if (answer->kind == JOURNAL_FEEDBACK) {
			take_first(answer->after, school->feedback);
		}
	}
}

static int
survey_begin(void *state, struct segment *segment, struct buf *err)
{
	struct survey *survey = state;
	const struct batch *batch = segment->batch;
	struct survey_school *school = find_school(survey, batch->id);
	struct buf path = BUF_INIT;

	survey->school = school;
	school->id = xstrdup(batch->id);
	school->code = xstrdup(batch->school_code);
	school->name = xstrdup(batch->school_name);
	school->class = xstrdup(batch->class);
	school->table = node_copy(node_get(segment->header, "school"));
	school->profile = own_profile(segment, err);
	if (school->profile == NULL)
		return -1;
	copy_day(node_text(segment->header, "received"), school->received);
	take_first(node_text(school->table, "feedback"), school->feedback);
	window_ends(profile_text(school->profile, "provenance", "taken_days"),
	    school->window_first, school->window_last);
	hear_journal(school, segment->journal);
	take_last(batch->date, survey->date);
	if (survey->product.part != NULL)
		return 0;
	batch_path(batch, "tmp", &path);
	survey->temporary = buf_detach(&path);
	survey->created = batch_time(batch);
	return kind_open_whole(survey->kind, survey->options, segment,
	    &survey->product, err);
}

/* ---- records ---- */

static void
count_day(struct survey_school *school, const struct node *photo)
{
	const char *received = node_text(node_get(photo, "source"), "received");
	struct survey_day *day;
	size_t i;

	if (received == NULL)
		return;
	for (i = school->day_count; i-- > 0; )
		if (strncmp(school->days[i].date, received, DAY_CHARACTERS) == 0)
			break;
	if (i == (size_t)-1) {
		school->days = xrealloc_array(school->days, school->day_count + 1,
		    sizeof *school->days);
		i = school->day_count++;
		memset(&school->days[i], 0, sizeof school->days[i]);
		copy_day(received, school->days[i].date);
	}
	day = &school->days[i];
	day->taken++;
	day->passed += status_of(photo) == STATUS_PASS;
}

/* No check failed or warned, notes included. */
static int
is_clean(const struct node *photo)
{
	const struct node *checks = node_get(photo, "checks");
	const char *verdict;

	for (size_t i = 0; i < node_count(checks); i++) {
		verdict = node_text(node_at(checks, i), "verdict");
		if (verdict != NULL && (strcmp(verdict, "fail") == 0 ||
		    strcmp(verdict, "warn") == 0))
			return 0;
	}
	return 1;
}

static int
is_accepted(const struct node *photo)
{
	const struct node *list = node_get(photo, "register");
	const char *state = NULL;

	for (size_t i = 0; i < node_count(list); i++)
		if (node_text(node_at(list, i), "state") != NULL)
			state = node_text(node_at(list, i), "state");
	return state != NULL && strcmp(state, "accepted") == 0;
}

static void
count_person(struct survey_school *school, const struct node *photo)
{
	const char *season = node_text(node_get(photo, "student"), "season");
	enum status status = status_of(photo);

	if (status == STATUS_PASS)
		school->clean += is_clean(photo);
	if (status != STATUS_MISSING && status != STATUS_UNREADABLE)
		count_day(school, photo);
	if (!is_accepted(photo))
		wait_for(season != NULL && strstr(season, "春") != NULL ?
		    &school->spring : &school->summer,
		    node_text(node_get(photo, "source"), "received"));
}

static int
survey_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct survey_school *school = ((struct survey *)state)->school;
	struct duty duties[DUTY_MAX];
	size_t count = duty_list(photo, duties);

	(void)index;
	(void)err;
	figures_add(&school->figures, photo);
	for (size_t i = 0; i < count; i++)
		wait_for(&school->waits[duties[i].kind], duties[i].since);
	if (status_is_students(photo) && status_of(photo) != STATUS_EXCLUDED)
		count_person(school, photo);
	return 0;
}

static int
by_date(const void *a, const void *b)
{
	const struct survey_day *left = a, *right = b;

	return strcmp(left->date, right->date);
}

static int
survey_end(void *state, struct segment *segment, struct buf *err)
{
	struct survey_school *school = ((struct survey *)state)->school;

	(void)segment;
	(void)err;
	figures_end(&school->figures);
	mem_sort(school->days, school->day_count, sizeof *school->days,
	    by_date);
	return 0;
}

/* ---- the product ---- */

static int
by_code(const void *a, const void *b)
{
	const struct survey_school *left = a, *right = b;
	int order = strcmp(left->code, right->code);

	return order != 0 ? order : strcmp(left->id, right->id);
}

static int
survey_publish(void *state, struct buf *err)
{
	struct survey *survey = state;

	if (survey->count > 1)
		kind_name_all(survey->kind, survey->options, survey->date,
		    &survey->product);
	mem_sort(survey->schools, survey->count, sizeof *survey->schools, by_code);
	return survey->write(survey, err) != 0 ? -1 :
	    kind_publish(survey->options, &survey->product, err);
}

const struct stream_filter survey_filter = {
	.tool = "tc-export",
	.needs = stream_normalized,
	.refuses_subset = 1,
	.begin = survey_begin,
	.collect = survey_collect,
	.end = survey_end,
	.publish = survey_publish
};

struct survey *
survey_new(const struct kind_options *options, const struct kind *kind,
    int (*write)(struct survey *, struct buf *))
{
	struct survey *survey = xcalloc(1, sizeof *survey);

	survey->options = options;
	survey->kind = kind;
	survey->write = write;
	survey->product.fd = -1;
	return survey;
}

void
survey_stop(void *state)
{
	struct survey *survey = state;

	for (size_t i = 0; i < survey->count; i++)
		release_school(&survey->schools[i]);
	kind_release(&survey->product);
	free(survey->schools);
	free(survey->temporary);
	free(survey);
}

/* ---- for those who write ---- */

const char *
survey_text(const struct survey_school *school, const char *member)
{
	const char *text = node_text(school->table, member);

	return text != NULL ? text : "";
}

const char *
survey_city(const struct survey_school *school)
{
	const char *city = survey_text(school, "city");

	return *city != '\0' ? city : unknown_city;
}

int
survey_knows_city(const char *city)
{
	return strcmp(city, unknown_city) != 0;
}

double
survey_share(long part, long whole)
{
	return whole > 0 ? (double)part / (double)whole : 0;
}

const char *
survey_city_at(const struct survey *survey, size_t index)
{
	size_t seen = 0, k;

	for (size_t i = 0; i < survey->count; i++) {
		const char *city = survey_city(&survey->schools[i]);

		for (k = 0; k < i; k++)
			if (strcmp(survey_city(&survey->schools[k]), city) == 0)
				break;
		if (k == i && seen++ == index)
			return city;
	}
	return NULL;
}

struct xlsx *
survey_workbook(const struct survey *survey, struct buf *err)
{
	struct xlsx *xlsx = xlsx_new(survey->product.part, survey->temporary,
	    survey->created, survey->kind->title, err);
	const struct survey_school *school = survey->schools;
	struct buf head = BUF_INIT;

	if (xlsx == NULL)
		return NULL;
	if (survey->count == 1)
		batch_add_names(school->code, school->name, school->class, &head);
	else
		buf_addf(&head, "%zu 所学校", survey->count);
	xlsx_running(xlsx, head.data, survey->date);
	buf_release(&head);
	return xlsx;
}
