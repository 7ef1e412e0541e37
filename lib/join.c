#include "lib/join.h"

#include <stdlib.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/entryname.h"
#include "lib/ledger.h"
#include "lib/match.h"
#include "lib/mem.h"
#include "lib/node.h"

struct match_index *
join_index(const struct ledger *ledger)
{
	struct match_index *index = match_index_new();
	struct buf err = BUF_INIT;

	for (size_t i = 0; i < ledger->student_count; i++) {
		const struct ledger_student *student = &ledger->students[i];
		struct match_keys keys = { 0 };
		struct node *node = NULL;

		if (!student->removed || student->kept)
			node = node_parse(student->json, strlen(student->json),
			    &err);
		keys.id_number = node_text(node, "id_number");
		keys.exam_no = node_text(node, "exam_no");
		keys.student_no = node_text(node, "student_no");
		keys.name = node_text(node, "name");
		match_index_add(index, &keys);
		node_free(node);
	}
	buf_release(&err);
	return index;
}

static int
is_photo(const struct ledger_entry *entry)
{
	return entry->kind == LEDGER_PICTURE ||
	    entry->kind == LEDGER_UNREADABLE;
}

/* Whether a candidate takes the place of the photo chosen so far; candidates come
 * in the order of their arrival. */
static int
is_better(const struct join_photo *candidate, const struct join_photo *chosen)
{
	int readable = candidate->entry->kind == LEDGER_PICTURE;

	if (chosen->entry == NULL)
		return 1;
	if (readable != (chosen->entry->kind == LEDGER_PICTURE))
		return readable;
	return candidate->weak <= chosen->weak;
}

static void
look_up(const struct match_index *index, struct ledger_upload *upload,
    struct ledger_entry *entry, struct join_photo *photos)
{
	struct match match;

	match_name(index, entryname_base(entry->name), &match);
	entry->match = (struct ledger_match){ .reason = match.reason };
	for (size_t i = 0; i < match.count; i++) {
		struct join_photo candidate = {
			upload, entry, (int)match.rows[i].by, match.rows[i].weak
		};

		if (is_better(&candidate, &photos[match.rows[i].row]))
			photos[match.rows[i].row] = candidate;
	}
	if (match.count > 0) {
		entry->match.state = LEDGER_SUPERSEDED;
		entry->match.by = (int)match.rows[0].by;
		entry->match.student = match.rows[0].row;
	}
}

struct join_photo *
join_run(const struct ledger *ledger)
{
	struct join_photo *photos = xcalloc(ledger->student_count,
	    sizeof *photos);
	struct match_index *index = join_index(ledger);

	for (size_t i = 0; i < ledger->upload_count; i++) {
		struct ledger_upload *upload = &ledger->uploads[i];

		for (size_t k = 0; k < upload->count; k++)
			if (is_photo(&upload->entries[k]))
				look_up(index, upload, &upload->entries[k],
				    photos);
	}
	for (size_t i = 0; i < ledger->student_count; i++)
		if (photos[i].entry != NULL)
			photos[i].entry->match.state = LEDGER_CHOSEN;
	match_index_free(index);
	return photos;
}
