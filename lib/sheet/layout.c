#include "lib/sheet/layout.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/decision/reasons.h"
#include "lib/profile/profile.h"
#include "lib/sheet/area.h"
#include "lib/sheet/draw.h"
#include "lib/sheet/layout_parts.h"
#include "lib/sheet/printindex.h"
#include "lib/sheet/strip.h"
#include "lib/stream/leftout.h"
#include "lib/stream/stream.h"

enum {
	COPIES_MAX = LAYOUT_COPIES_MAX,
	WARNINGS_MAX = 20	/* of one kind; the index has them all */
};

struct layout *
layout_new(const struct layout_options *options)
{
	struct layout *layout = xcalloc(1, sizeof *layout);

	layout->options = options;
	layout->leftout = leftout_new();
	layout->presses[0] = layout->presses[1] = (struct press)PRESS_INIT;
	layout->order = (struct order)ORDER_INIT;
	return layout;
}

void
layout_free(struct layout *layout)
{
	press_release(&layout->presses[0]);
	press_release(&layout->presses[1]);
	printindex_free(layout->index);
	printin_release(&layout->table);
	numberlist_release(&layout->only);
	order_release(&layout->order);
	page_release(&layout->page);
	free(layout->picks);
	leftout_free(layout->leftout);
	layout_close_journals(layout);
	free(layout);
}

int
layout_table_was_good(const struct layout *layout)
{
	return !layout->table_bad;
}

/* ---- a segment begins ---- */

static int
load_levels(struct layout *layout, const struct profile *profile,
    struct buf *err)
{
	struct buf level = BUF_INIT;
	int result = 0;
	size_t i;

	for (i = 0; result == 0 && profile_item(profile, "print", "levels", i,
	    &level); i++) {
		if (level.len > 0)
			result = order_add_level(&layout->order, level.data, err);
		buf_clear(&level);
	}
	buf_release(&level);
	return result;
}

static int
load_missing(struct layout *layout, const struct profile *profile,
    struct buf *err)
{
	const char *missing = profile_text(profile, "print", "missing");

	layout->blanks = strcmp(missing, "cell") == 0;
	if (layout->blanks || strcmp(missing, "none") == 0)
		return 0;
	buf_addf(err, "profile '%s': 'missing' cannot be '%s', only 'none' or "
	    "'cell'", profile_name(profile), missing);
	return -1;
}

static int
load_print(struct layout *layout, const struct profile *profile,
    struct page_print *print, struct buf *err)
{
	long copies = layout->options->copies > 0 ? layout->options->copies :
	    profile_integer(profile, "print", "copies");
	int rule = mask_rule_parse(profile_text(profile, "mask", "name"));

	print->image_width = profile_number(profile, "print", "image_width");
	print->image_height = profile_number(profile, "print", "image_height");
	print->strip_height = profile_number(profile, "print", "strip_height");
	if (print->image_width < 5 || print->image_height < 5 ||
	    print->strip_height < 0 || copies < 1 || copies > COPIES_MAX) {
		buf_addf(err, "profile '%s': section 'print' has a size or a number "
		    "of copies that cannot be", profile_name(profile));
		return -1;
	}
	if (rule < 0) {
		buf_addf(err, "profile '%s': no such rule for masking names",
		    profile_name(profile));
		return -1;
	}
	layout->copies = (int)copies;
	layout->setup.rule = (enum mask_rule)rule;
	layout->setup.pattern = profile_text(profile, "strip", "lines");
	layout->setup.chinese = reasons_of_profile(profile) == LANGUAGE_CHINESE;
	if (load_levels(layout, profile, err) != 0 ||
	    load_missing(layout, profile, err) != 0)
		return -1;
	return strip_check(layout->setup.pattern, err);
}

static int
check_strip(const struct layout *layout, struct buf *err)
{
	struct area strip = page_strip(&layout->page, 0);
	int rows = draw_rows_max(strip.h - 2 * layout->template.strip_padding);

	if (strip.h <= 0 || strip_lines(layout->setup.pattern) <= rows)
		return 0;
	buf_addf(err, "the strip has %d lines, and %g mm hold %d",
	    strip_lines(layout->setup.pattern), strip.h, rows);
	return -1;
}

static int
load_page(struct layout *layout, const struct profile *profile,
    struct buf *err)
{
	const char *name = layout->options->template != NULL ? layout->options->template :
	    profile_text(profile, "print", "template");
	struct page_print print;

	if (load_print(layout, profile, &print, err) != 0 ||
	    template_load(&layout->template, name, err) != 0)
		return -1;
	if (layout->options->class_sheets)
		layout->template.new_class = CLASS_PAGE;
	if (page_plan(&layout->page, &layout->template, &print, err) != 0)
		return -1;
	return check_strip(layout, err);
}

/* What belongs to one batch only, or to all of one paper. */
static int
check_segment(const struct layout *layout, const struct template *before,
    struct buf *err)
{
	const struct template *now = &layout->template;

	if (layout->options->table != NULL) {
		buf_adds(err, "--table orders one batch, and the manifest holds "
		    "more: students of two schools may have one number, so "
		    "lay out each batch with its own table");
		return -1;
	}
	if (now->paper_width != before->paper_width ||
	    now->paper_height != before->paper_height) {
		buf_adds(err, "the batches are printed on papers of different "
		    "sizes, which one file cannot hold");
		return -1;
	}
	if (layout->options->cut[0] != NULL &&
	    memcmp(now, before, sizeof *now) != 0) {
		buf_adds(err, "the batches are printed by different templates, "
		    "which one file cannot cut");
		return -1;
	}
	return 0;
}

/* What is read and opened once, before the first record. */
static int
open_files(struct layout *layout, struct buf *err)
{
	const struct layout_options *options = layout->options;

	if (options->table != NULL && printin_read(options->table, COPIES_MAX,
	    layout->segment->profile, &layout->table, err) != 0)
		return -1;
	if (options->only != NULL &&
	    numberlist_read(options->only, &layout->only, err) != 0)
		return -1;
	if (options->index == NULL)
		return 0;
	layout->index = printindex_new(options->index, layout->segment->batch,
	    layout->setup.chinese, err);
	return layout->index != NULL ? 0 : -1;
}

/* Where the school's prints go, as the table of schools has it. */
static void
add_address(struct layout *layout)
{
	static const char *const members[] = { "name", "address", "contact",
	    "phone" };
	const struct node *school = node_get(layout->segment->header, "school");
	struct buf text = BUF_INIT;
	const char *part;
	size_t i;

	for (i = 0; i < sizeof members / sizeof members[0]; i++) {
		part = node_text(school, members[i]);
		if (part != NULL && *part != '\0')
			buf_addf(&text, "%s%s", text.len > 0 ? " " : "", part);
	}
	if (layout->index != NULL && node_text(school, "address") != NULL)
		printindex_address(layout->index, text.data);
	buf_release(&text);
}

static void
set_up(struct layout *layout, const struct batch *batch)
{
	layout->setup.template = &layout->template;
	layout->setup.page = &layout->page;
	layout->setup.school = batch->school_name;
	layout->setup.batch = batch->id;
	layout->setup.date = batch->date;
	layout->setup.proof = layout->options->review;
}

static int
begin(void *state, struct segment *segment, struct buf *err)
{
	struct layout *layout = state;
	struct template before = layout->template;

	layout->segment = segment;
	layout->photos = 0;
	order_release(&layout->order);
	page_release(&layout->page);
	if (load_page(layout, segment->profile, err) != 0 ||
	    (segment->number > 0 && check_segment(layout, &before, err) != 0) ||
	    (segment->number == 0 && open_files(layout, err) != 0))
		return -1;
	set_up(layout, segment->batch);
	add_address(layout);
	if (layout_open_journal(layout, err) != 0)
		return -1;
	if (layout->options->review)
		stream_note_option(segment, "include", "review");
	if (layout->options->only_new)
		stream_note_option(segment, "new", "yes");
	if (layout->options->only != NULL)
		stream_note_option(segment, "only", "yes");
	if (layout->options->table != NULL)
		stream_note_option(segment, "table", "yes");
	if (layout->options->template != NULL)
		stream_note_option(segment, "template", layout->options->template);
	return 0;
}

/* ---- who is printed ---- */

/* Warn, but not without end. */
static int
may_warn(struct layout *layout)
{
	if (layout->warned++ == WARNINGS_MAX)
		msg_warn("more of the same is not shown; --index lists everybody");
	return layout->warned <= WARNINGS_MAX;
}

/* The record's row of the table decides place and copies, and is used up even if
 * there is nothing to print. */
static enum pick
ask_table(struct layout *layout, const struct node *photo, enum pick pick,
    uint32_t *place, int *copies)
{
	const struct printin_row *row = printin_take(&layout->table, photo);
	const char *id = node_text(photo, "id");

	if (row == NULL) {
		if (pick == PICK_PRINT && may_warn(layout))
			msg_warn("photo '%s': no row of the table names it, so it "
			    "is not printed", id != NULL ? id : "?");
		return PICK_NO_ROW;
	}
	*place = (uint32_t)(row - layout->table.rows) + 1;
	if (row->copies == 0)
		return PICK_NO_COPIES;
	if (row->copies > 0)
		*copies = (int)row->copies;
	if (pick != PICK_PRINT && may_warn(layout))
		msg_warn("%s:%ld: no photo to print: %s", layout->options->table,
		    row->number, pick_reason(pick, status_of(photo), 0));
	return pick;
}

static enum pick
choose(struct layout *layout, const struct node *photo, uint32_t *place,
    int *copies)
{
	enum pick pick = pick_photo(photo, layout->options->review);
	struct numberlist *only = &layout->only;
	int wanted = 1;

	if (layout->options->only != NULL) {
		/* both, so that both count as used */
		wanted = numberlist_has(only, node_text(photo, "id"));
		if (pick_is_student(photo))
			wanted |= numberlist_has(only, node_text(node_get(photo,
			    "student"), "student_no"));
	}
	if (layout->options->table != NULL && pick_is_student(photo))
		pick = ask_table(layout, photo, pick, place, copies);
	return wanted ? pick : PICK_NOT_WANTED;
}

/* The student as the strip tells of him; the caller frees it. */
static struct node *
printed_student(const struct layout *layout, const struct node *photo, uint32_t place)
{
	struct node *student = node_copy(node_get(photo, "student"));

	if (place > 0)
		printin_override(&layout->table.rows[place - 1], student);
	return student;
}

static void
add_to_order(struct layout *layout, const struct node *student, size_t index,
    uint32_t place, int copies, int notes)
{
	struct order_entry *entry = order_add(&layout->order, student, index, place);

	entry->copies = (uint16_t)copies;
	entry->notes = (uint16_t)notes;
}

static void
note_pick(struct layout *layout, const struct node *photo, size_t index, enum pick pick)
{
	enum status status = status_of(photo);

	if (index >= layout->room) {
		layout->room = 2 * index + 256;
		layout->picks = xrealloc_array(layout->picks, layout->room, 1);
	}
	layout->picks[index] = (unsigned char)pick;
	layout->photos = index + 1;
	if (pick != PICK_PRINT)
		pick_count(&layout->left, pick, status);
	else
		layout->unreviewed += status == STATUS_REVIEW;
	if (pick != PICK_PRINT && pick != PICK_NOT_WANTED)
		leftout_tell(layout->leftout, photo, layout->segment->profile,
		    pick == PICK_STATUS ? NULL : pick_reason(pick, status, 0));
}

static int
collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct layout *layout = state;
	struct buf bytes = BUF_INIT;
	struct picture *picture = NULL;
	int copies = layout->copies, damaged = 0;
	uint32_t place = 0;
	enum pick pick = choose(layout, photo, &place, &copies);
	struct node *student = printed_student(layout, photo, place);

	if (pick == PICK_PRINT && layout->options->only_new &&
	    layout_has_printed(layout, photo, student))
		pick = PICK_PRINTED;

	if (pick == PICK_PRINT) {
		/* now, so that a damaged image costs its own record only */
		if (layout_read_image(layout, photo, &bytes, err) == 0)
			picture = picture_new(&bytes, "", err);
		if (picture == NULL) {
			pick = PICK_DAMAGED;
			damaged = 1;
		}
	}
	note_pick(layout, photo, index, pick);
	if (pick == PICK_PRINT)
		add_to_order(layout, student, index, place, copies, 0);
	else if (layout->blanks && !layout->options->only_new &&
	    pick < PICK_PRINTED && pick_is_student(photo))
		add_to_order(layout, student, index, place, 1, NOTE_BLANK);
	node_free(student);
	picture_free(picture);
	buf_release(&bytes);
	return damaged ? -1 : 0;
}

/* ---- a segment ends ---- */

static void
report_lists(struct layout *layout)
{
	const struct printin *table = &layout->table;
	long line = 0;
	size_t i;

	printin_refuse_rest(&layout->table);
	for (i = 0; i < table->count; i++)
		if (table->rows[i].state == ROW_REFUSED) {
			layout->table_bad = 1;
			msg_warn("%s:%ld: the row is refused: %s",
			    layout->options->table, table->rows[i].number,
			    table->rows[i].reason);
		}
	while ((line = numberlist_unused(&layout->only, line)) > 0)
		msg_warn("%s:%ld: names no record", layout->options->only, line);
}

static int
end(void *state, struct segment *segment, struct buf *err)
{
	struct layout *layout = state;

	if (layout->options->table != NULL)
		report_lists(layout);
	layout->setup.subset = segment->subset || layout->options->only != NULL ||
	    (layout->photos > 0 &&
	    memchr(layout->picks, PICK_PRINTED, layout->photos) != NULL);
	order_sort(&layout->order);
	if (layout_print(layout, err) != 0 || layout_cut(layout, err) != 0)
		return -1;
	order_sort_indexes(&layout->order);
	return 0;
}

static void
finish(void *state, struct node **record, size_t index)
{
	struct layout *layout = state;
	const struct order_entry *entry = order_find(&layout->order, index);
	struct node *photo = *record, *print;
	struct buf file = BUF_INIT;

	node_remove(photo, "print");
	if (entry == NULL || (entry->notes & NOTE_BLANK) || entry->sheet == 0)
		return;
	press_file(&layout->presses[0], entry->sheet, &file);
	print = node_set(photo, "print", node_object());
	node_set_text(print, "file", file.data);
	node_set_integer(print, "sheet", entry->sheet);
	node_set_integer(print, "row", entry->row);
	if (entry->notes & NOTE_SHORTENED)
		node_set_flag(print, "shortened", 1);
	if (entry->notes & NOTE_UNKNOWN)
		node_set_flag(print, "unknown_glyphs", 1);
	buf_release(&file);
}

/* ---- the end ---- */

static int
publish(void *state, struct buf *err)
{
	struct layout *layout = state;
	const struct layout_options *options = layout->options;
	int i;

	msg_progress_end();
	if (options->table == NULL)
		report_lists(layout);
	layout_report(layout);
	for (i = 0; i < options->press_count; i++) {
		if (!layout->presses[i].open && options->only_new)
			continue;
		if (!layout->presses[i].open)
			msg_warn("nothing to print, so '%s' was not written",
			    options->presses[i].path);
		else if (press_publish(&layout->presses[i], options->force,
		    err) != 0)
			return -1;
	}
	if (layout->index != NULL && printindex_publish(layout->index,
	    options->force, err) != 0)
		return -1;
	return layout_record_prints(layout, err);
}

const struct stream_filter layout_filter = {
	.tool = "tc-layout", .needs = stream_normalized, .holds = 1,
	.begin = begin, .collect = collect, .end = end, .finish = finish,
	.publish = publish
};
