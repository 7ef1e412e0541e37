#include "lib/roster/roster.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"

void
roster_init(struct roster *roster)
{
	memset(roster, 0, sizeof *roster);
	roster->pool = pool_new();
}

static void
release_file(struct roster_file *file)
{
	free(file->name);
	free(file->shown);
	free(file->folder);
	free(file->kind);
}

void
roster_release(struct roster *roster)
{
	size_t i;

	for (i = 0; i < roster->file_count; i++)
		release_file(&roster->files[i]);
	for (i = 0; i < roster->list_count; i++)
		free(roster->lists[i].sheet);
	for (i = 0; i < roster->gap_count; i++) {
		free(roster->gaps[i].text);
		free(roster->gaps[i].reason);
	}
	for (i = 0; i < roster->note_count; i++)
		free(roster->notes[i]);
	free(roster->files);
	free(roster->lists);
	free(roster->students);
	free(roster->values);
	free(roster->gaps);
	free(roster->notes);
	pool_free(roster->pool);
	memset(roster, 0, sizeof *roster);
}

/* ---- adding ---- */

static void *
grown(void *array, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return array;
	*room = *room > 0 ? *room + *room / 4 + 1 : 64;
	return xrealloc_array(array, *room, size);
}

/* Make room for the field in every student's values. */
static void
widen(struct roster *roster, enum student_field field)
{
	size_t old = roster->width++, i;

	roster->place[field] = (unsigned char)roster->width;
	roster->value_room = roster->student_room * roster->width;
	roster->values = xrealloc_array(roster->values, roster->value_room + 1,
	    sizeof *roster->values);
	for (i = roster->count; i-- > 0; ) {
		uint32_t *to = roster->values + i * roster->width;

		memmove(to, roster->values + i * old, old * sizeof *to);
		to[old] = 0;
	}
}

static void
set_value(struct roster *roster, size_t student, enum student_field field,
    uint32_t value)
{
	if (roster->place[field] == 0 && value != 0)
		widen(roster, field);
	if (roster->place[field] != 0)
		roster->values[student * roster->width +
		    roster->place[field] - 1] = value;
}

struct roster_student *
roster_add_student(struct roster *roster, const uint32_t *values)
{
	size_t student = roster->count;

	roster->students = grown(roster->students, student,
	    &roster->student_room, sizeof *roster->students);
	if (roster->value_room < roster->student_room * roster->width) {
		roster->value_room = roster->student_room * roster->width;
		roster->values = xrealloc_array(roster->values,
		    roster->value_room, sizeof *roster->values);
	}
	roster->count++;
	for (size_t i = 0; i < roster->width; i++)
		roster->values[student * roster->width + i] = 0;
	for (int i = 0; values != NULL && i < STUDENT_FIELD_COUNT; i++)
		if (values[i] != 0)
			set_value(roster, student, (enum student_field)i,
			    values[i]);
	return memset(&roster->students[student], 0, sizeof *roster->students);
}

void
roster_move_student(struct roster *roster, size_t from, size_t to)
{
	roster->students[to] = roster->students[from];
	memmove(roster->values + to * roster->width, roster->values +
	    from * roster->width, roster->width * sizeof *roster->values);
}

struct roster_gap *
roster_add_gap(struct roster *roster, enum roster_gap_kind kind, long list,
    long row, const char *text, const char *reason)
{
	struct roster_gap *gap;

	roster->gaps = grown(roster->gaps, roster->gap_count,
	    &roster->gap_room, sizeof *roster->gaps);
	gap = &roster->gaps[roster->gap_count++];
	*gap = (struct roster_gap){ .kind = kind, .list = list, .row = row,
	    .last = row, .text = xstrdup(text != NULL ? text : ""),
	    .reason = xstrdup(reason) };
	if (list >= 0)
		gap->file = roster->lists[list].file;
	return gap;
}

void
roster_add_note(struct roster *roster, const char *text, size_t len)
{
	roster->notes = xrealloc_array(roster->notes, roster->note_count + 1,
	    sizeof *roster->notes);
	roster->notes[roster->note_count++] = xstrndup(text, len);
}

struct roster_list *
roster_add_list(struct roster *roster, const char *sheet)
{
	struct roster_list *list;

	roster->lists = xrealloc_array(roster->lists, roster->list_count + 1,
	    sizeof *roster->lists);
	list = &roster->lists[roster->list_count++];
	memset(list, 0, sizeof *list);
	list->sheet = xstrdup(sheet);
	list->file = (uint32_t)roster->file_count - 1;
	return list;
}

/* With its folder, for messages about several files of one name. */
static void
show_folder(struct roster_file *file)
{
	struct buf path = BUF_INIT, shown = BUF_INIT;

	if (*file->folder == '\0')
		return;
	buf_addf(&path, "%s/%s", file->folder, file->name);
	mask_entry_name(path.data, NULL, &shown);
	free(file->shown);
	file->shown = buf_detach(&shown);
	buf_release(&path);
}

static void
part_from_namesakes(struct roster *roster, size_t last)
{
	struct roster_file *files = roster->files;
	int any = 0;

	for (size_t i = 0; i < last; i++)
		if (strcmp(files[i].name, files[last].name) == 0) {
			show_folder(&files[i]);
			any = 1;
		}
	if (any)
		show_folder(&files[last]);
}

uint32_t
roster_add_file(struct roster *roster, const char *name, const char *folder,
    long long time, int group)
{
	struct buf shown = BUF_INIT;

	mask_entry_name(name, NULL, &shown);
	roster->files = xrealloc_array(roster->files, roster->file_count + 1,
	    sizeof *roster->files);
	roster->files[roster->file_count] = (struct roster_file){
		xstrdup(name), buf_detach(&shown), xstrdup(folder),
		xstrdup(""), time, group
	};
	part_from_namesakes(roster, roster->file_count);
	return (uint32_t)roster->file_count++;
}

void
roster_drop_file(struct roster *roster)
{
	release_file(&roster->files[--roster->file_count]);
}

/* ---- asking ---- */

uint32_t
roster_value(const struct roster *roster, size_t student,
    enum student_field field)
{
	return roster->place[field] == 0 ? 0 : roster->values[student *
	    roster->width + roster->place[field] - 1];
}

const char *
roster_field(const struct roster *roster, size_t student,
    enum student_field field)
{
	uint32_t text = roster_value(roster, student, field);

	return text != 0 ? pool_text(roster->pool, text) : NULL;
}

void
roster_set_field(struct roster *roster, size_t student,
    enum student_field field, const char *text)
{
	set_value(roster, student, field, text == NULL ? 0 :
	    pool_add(roster->pool, text, strlen(text)));
}

size_t
roster_gaps(const struct roster *roster, enum roster_gap_kind kind)
{
	size_t total = 0;

	for (size_t i = 0; i < roster->gap_count; i++)
		if (roster->gaps[i].kind == kind)
			total += roster->gaps[i].row == 0 ? 1 :
			    (size_t)(roster->gaps[i].last -
			    roster->gaps[i].row + 1);
	return total;
}

size_t
roster_lines(const struct roster *roster)
{
	size_t total = 0;

	for (size_t i = 0; i < roster->list_count; i++)
		if (roster->lists[i].counts)
			total += (size_t)(roster->lists[i].last_row -
			    roster->lists[i].header_row);
	return total;
}

/* The file's and the sheet's name, where there are several. */
static void
add_part(const struct roster *roster, uint32_t file, const char *sheet,
    struct buf *out)
{
	size_t same = 0;

	if (roster->file_count > 1)
		buf_addf(out, "'%s'", roster->files[file].shown);
	for (size_t i = 0; i < roster->list_count; i++)
		same += roster->lists[i].file == file;
	if (sheet != NULL && *sheet != '\0' && same > 1)
		buf_addf(out, "%ssheet '%s'", out->len > 0 ? " " : "", sheet);
}

void
roster_place(const struct roster *roster, uint32_t list, long row,
    struct buf *out)
{
	struct buf part = BUF_INIT;

	add_part(roster, roster->lists[list].file, roster->lists[list].sheet,
	    &part);
	if (part.len > 0)
		buf_addf(out, "%s row %ld", part.data, row);
	else
		buf_addf(out, "row %ld", row);
	buf_release(&part);
}

void
roster_gap_place(const struct roster *roster, const struct roster_gap *gap,
    struct buf *out)
{
	struct buf part = BUF_INIT;

	add_part(roster, gap->file, gap->list < 0 ? NULL :
	    roster->lists[gap->list].sheet, &part);
	buf_adds(out, part.data);
	if (part.len > 0 && gap->row > 0)
		buf_addc(out, ' ');
	if (gap->row > 0 && gap->last > gap->row)
		buf_addf(out, "rows %ld-%ld", gap->row, gap->last);
	else if (gap->row > 0)
		buf_addf(out, "row %ld", gap->row);
	buf_release(&part);
}
