#include "lib/shipping/consign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/decision/status.h"
#include "lib/product/kind.h"
#include "lib/product/students.h"
#include "lib/profile/profile.h"
#include "lib/stream/stream.h"

static const char *const words[] = { "school", "teaching_point", "student" };
static const char *const names[] = { "学校", "教学点", "学生" };

static const char all[] = "all";

enum { GRAMS_OF_KILO = 1000 };

const char *
consign_to_name(enum consign_to to)
{
	return names[to];
}

/* ---- a batch begins ---- */

static int
load_profile(struct consign *consign, const struct profile *profile,
    struct buf *err)
{
	const char *to = profile_text(profile, "post", "to");
	const struct page_print print = {
	    profile_number(profile, "print", "image_width"),
	    profile_number(profile, "print", "image_height"),
	    profile_number(profile, "print", "strip_height") };
	size_t i = 0;

	while (i < sizeof words / sizeof words[0] && strcmp(words[i], to) != 0)
		i++;
	if (i == sizeof words / sizeof words[0]) {
		buf_addf(err, "profile '%s': [post] to is school, teaching_point or "
		    "student, not '%s'", profile_name(profile), to);
		return -1;
	}
	consign->to = (enum consign_to)i;
	page_release(&consign->page);
	memset(&consign->page, 0, sizeof consign->page);
	return template_load(&consign->template, profile_text(profile, "print",
	    "template"), err) != 0 ? -1 : page_plan(&consign->page,
	    &consign->template, &print, err);
}

static int
consign_begin(void *state, struct segment *segment, struct buf *err)
{
	struct consign *consign = state;
	const struct profile *profile = segment->profile;
	struct buf path = BUF_INIT;

	consign->segment = segment;
	consign->first = consign->count;
	if (strcmp(segment->batch->date, consign->date) > 0)
		snprintf(consign->date, sizeof consign->date, "%.10s",
		    segment->batch->date);
	if (load_profile(consign, profile, err) != 0 ||
	    students_order(&consign->order, profile, err) != 0)
		return -1;
	if (consign->batch != NULL) {
		consign->several |= strcmp(consign->batch, segment->batch->id) != 0;
		return 0;
	}
	consign->batch = xstrdup(segment->batch->id);
	batch_path(segment->batch, "tmp", &path);
	consign->temporary = buf_detach(&path);
	consign->created = batch_time(segment->batch);
	consign->sender = xstrdup(profile_text(profile, "feedback", "collector"));
	consign->labels = xstrdup(profile_text(profile, "post", "labels"));
	return kind_open_whole(consign->kind, consign->options, segment,
	    &consign->product, err);
}

static int
consign_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct consign *consign = state;

	(void)err;
	if (status_is_students(photo) && students_has_image(photo))
		order_add(&consign->order, node_get(photo, "student"), index, 0);
	return 0;
}

/* ---- where a student's prints go ---- */

static char *
copy_member(const struct node *object, const char *name)
{
	const char *text = node_text(object, name);

	return xstrdup(text != NULL ? text : "");
}

static void
set_place(struct consignment *item, const struct node *place)
{
	item->recipient = copy_member(place, "contact");
	item->phone = copy_member(place, "phone");
	item->address = copy_member(place, "address");
	item->postcode = copy_member(place, "postcode");
}

static const struct node *
find_point(const struct node *school, const char *name)
{
	const struct node *points = node_get(school, "points");
	const char *one;

	for (size_t i = 0; i < node_count(points); i++) {
		one = node_text(node_at(points, i), "name");
		if (one != NULL && strcmp(one, name) == 0)
			return node_at(points, i);
	}
	return NULL;
}

static void
address_student(struct consignment *item, const struct node *student)
{
	const char *recipient = node_text(student, "recipient");

	item->recipient = recipient != NULL ? xstrdup(recipient) :
	    copy_member(student, "name");
	item->phone = copy_member(student, "phone");
	item->address = copy_member(student, "address");
	item->postcode = copy_member(student, "postcode");
}

static void
address(struct consignment *item, const struct node *school,
    const struct node *student)
{
	const struct node *point = item->to == CONSIGN_POINT ?
	    find_point(school, item->name) : NULL;

	if (item->to == CONSIGN_STUDENT)
		address_student(item, student);
	else
		set_place(item, point != NULL ? point : school);
	if (*item->address == '\0')
		item->note = "缺地址";
	else if (item->to == CONSIGN_POINT && point == NULL)
		item->note = "教学点地址未登记，寄学校";
}

/* Whether --include lets the school's prints go before its form is there. */
static int
is_included(const char *list, const char *code)
{
	size_t len;

	if (list == NULL || strcmp(list, all) == 0)
		return list != NULL;
	for (; *list != '\0'; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		if (strlen(code) == len && strncmp(list, code, len) == 0)
			return 1;
	}
	return 0;
}

static int
form_is_there(const struct segment *segment)
{
	for (size_t i = 0; i < journal_count(segment->journal); i++)
		if (journal_at(segment->journal, i)->kind == JOURNAL_FEEDBACK)
			return 1;
	return node_text(node_get(segment->header, "school"), "feedback") != NULL;
}

/* The last number that was read back for a parcel. */
static void
take_tracking(struct consignment *item, const struct journal *journal)
{
	const struct journal_answer *last = NULL;

	for (size_t i = 0; i < journal_count(journal); i++) {
		const struct journal_answer *answer = journal_at(journal, i);

		if (answer->kind == JOURNAL_PARCEL &&
		    strcmp(answer->field, item->number) == 0)
			last = answer;
	}
	item->tracking = xstrdup(last != NULL ? last->after : "");
	item->carrier = xstrdup(last != NULL && last->reason != NULL ?
	    last->reason : "");
}

static struct consignment *
add(struct consign *consign, enum consign_to to, const char *name,
    const struct node *student)
{
	const struct segment *segment = consign->segment;
	const struct batch *batch = segment->batch;
	const char *code = *batch->school_code != '\0' ? batch->school_code :
	    batch->id, *student_no = node_text(student, "student_no");
	struct consignment *item;
	struct buf number = BUF_INIT;

	if ((consign->count & (consign->count + 1)) == 0)
		consign->items = xrealloc_array(consign->items,
		    2 * consign->count + 2, sizeof *consign->items);
	item = &consign->items[consign->count++];
	*item = (struct consignment){ .to = to, .note = "" };
	buf_adds(&number, code);
	if (to != CONSIGN_SCHOOL)
		buf_addf(&number, "-%s", to == CONSIGN_STUDENT && student_no != NULL ?
		    student_no : name);
	item->number = buf_detach(&number);
	item->code = xstrdup(batch->school_code);
	item->school = xstrdup(batch->school_name);
	item->name = xstrdup(name);
	item->held = !form_is_there(segment) && !is_included(
	    consign->options->include, batch->school_code);
	take_tracking(item, segment->journal);
	address(item, node_get(segment->header, "school"), student);
	return item;
}

static struct consignment *
find(struct consign *consign, const struct node *student)
{
	const char *point = node_text(student, "teaching_point");
	const char *name = node_text(student, "name");
	enum consign_to to = consign->to;

	if (to == CONSIGN_STUDENT)
		return add(consign, to, name != NULL ? name : "", student);
	if (to == CONSIGN_SCHOOL || point == NULL)
		point = "";
	if (*point == '\0')
		to = CONSIGN_SCHOOL;
	for (size_t i = consign->first; i < consign->count; i++)
		if (strcmp(consign->items[i].name, point) == 0)
			return &consign->items[i];
	return add(consign, to, point, student);
}

/* ---- how much it is ---- */

static void
add_prints(const struct consign *consign, struct consignment *item, long copies,
    uint64_t group)
{
	int new_class = item->persons > 0 && item->group != group;

	page_flow_begin(&item->flow, &consign->page, &consign->template, (int)copies,
	    new_class);
	for (long left = copies; left > 0; left--)
		page_flow_next(&item->flow, &consign->page, left > 1);
	item->group = group;
	item->persons++;
	item->prints += copies;
	item->sheets = item->flow.sheet + 1;
}

static void
weigh(struct consignment *item, const struct profile *profile)
{
	struct buf word = BUF_INIT, text = BUF_INIT;
	double limit = 0;
	int found = 0;

	item->grams = profile_number(profile, "post", "packing_grams") +
	    (double)item->sheets * profile_number(profile, "post", "sheet_grams");
	for (size_t i = 0; !found && profile_item(profile, "post", "weight_classes",
	    i, &word); i++) {
		limit = strtod(word.data, NULL);
		found = item->grams <= limit;
		buf_clear(&word);
	}
	buf_addf(&text, found ? "%g kg 以内" : "%g kg 以上", limit / GRAMS_OF_KILO);
	item->weight = buf_detach(&text);
	buf_release(&word);
}

static int
consign_end(void *state, struct segment *segment, struct buf *err)
{
	struct consign *consign = state;
	const struct order_entry *entry;
	long copies = profile_integer(segment->profile, "print", "copies");

	(void)err;
	order_sort(&consign->order);
	for (size_t i = 0; i < consign->order.count; i++) {
		struct node *photo;

		entry = &consign->order.entries[i];
		photo = stream_held(segment, entry->index);
		add_prints(consign, find(consign, node_get(photo, "student")),
		    copies, entry->group);
		node_free(photo);
	}
	for (size_t i = consign->first; i < consign->count; i++)
		weigh(&consign->items[i], segment->profile);
	return 0;
}

/* ---- the product ---- */

/* Codes of --include of which no parcel is here: mistyped, most likely. */
static void
tell_unused(const struct consign *consign)
{
	const char *list = consign->options->include;
	size_t len, i;

	if (list == NULL || strcmp(list, all) == 0)
		return;
	for (; *list != '\0'; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		for (i = 0; i < consign->count; i++)
			if (strlen(consign->items[i].code) == len &&
			    strncmp(consign->items[i].code, list, len) == 0)
				break;
		if (i == consign->count)
			msg_warn("--include: there is no parcel of school '%.*s' here",
			    (int)len, list);
	}
}

static int
consign_publish(void *state, struct buf *err)
{
	struct consign *consign = state;

	tell_unused(consign);
	if (consign->several)
		kind_name_all(consign->kind, consign->options, consign->date,
		    &consign->product);
	return consign->write(consign, err) != 0 ? -1 :
	    kind_publish(consign->options, &consign->product, err);
}

const struct stream_filter consign_filter = {
	.tool = "tc-export",
	.needs = stream_normalized,
	.holds = 1,
	.begin = consign_begin,
	.collect = consign_collect,
	.end = consign_end,
	.publish = consign_publish
};

struct consign *
consign_new(const struct kind_options *options, const struct kind *kind,
    int (*write)(struct consign *, struct buf *))
{
	struct consign *consign = xcalloc(1, sizeof *consign);

	consign->options = options;
	consign->kind = kind;
	consign->write = write;
	consign->product.fd = -1;
	consign->order = (struct order)ORDER_INIT;
	return consign;
}

void
consign_describe(const void *state, struct buf *out)
{
	const struct consign *consign = state;
	long sent = 0;

	for (size_t i = 0; i < consign->count; i++)
		sent += !consign->items[i].held;
	buf_addf(out, "%ld parcels, %ld wait for the school's stamped form", sent,
	    (long)consign->count - sent);
}

static void
release(struct consignment *item)
{
	free(item->number);
	free(item->code);
	free(item->school);
	free(item->name);
	free(item->recipient);
	free(item->phone);
	free(item->address);
	free(item->postcode);
	free(item->carrier);
	free(item->tracking);
	free(item->weight);
}

void
consign_stop(void *state)
{
	struct consign *consign = state;

	for (size_t i = 0; i < consign->count; i++)
		release(&consign->items[i]);
	kind_release(&consign->product);
	order_release(&consign->order);
	page_release(&consign->page);
	free(consign->items);
	free(consign->temporary);
	free(consign->sender);
	free(consign->labels);
	free(consign->batch);
	free(consign);
}
