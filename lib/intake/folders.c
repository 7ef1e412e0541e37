#include "lib/intake/folders.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/intake/candidates.h"
#include "lib/intake/ledger.h"
#include "lib/intake/match.h"

/* Entries of one kind by their names: what is in a folder stands together. */
struct shelf {
	const struct ledger_entry **entries;
	size_t *next;		/* of each: the first behind it with other bytes */
	size_t count;
};

struct folders {
	struct shelf pictures, others;
};

static const char contradiction[] =
    "the name of its folder, in which it lies alone, contradicts its own";

static int
by_name(const void *a, const void *b)
{
	const struct ledger_entry *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

static int
is_picture(const struct ledger_entry *entry)
{
	return entry->kind == LEDGER_PICTURE || entry->kind == LEDGER_UNREADABLE ||
	    (entry->kind == LEDGER_EMPTY && entryname_is_picture(entry->name));
}

static int
is_other(const struct ledger_entry *entry)
{
	return (entry->kind == LEDGER_REFUSED || entry->kind == LEDGER_EMPTY) &&
	    !is_picture(entry);
}

static int
are_copies(const struct ledger_entry *one, const struct ledger_entry *other)
{
	return one->sha256[0] != '\0' && strcmp(one->sha256, other->sha256) == 0;
}

static void
fill(struct shelf *shelf, const struct ledger_upload *upload,
    int (*is_kind)(const struct ledger_entry *))
{
	size_t i;

	shelf->entries = xcalloc(upload->count + 1, sizeof *shelf->entries);
	shelf->next = xcalloc(upload->count + 1, sizeof *shelf->next);
	for (i = 0; i < upload->count; i++)
		if (is_kind(&upload->entries[i]))
			shelf->entries[shelf->count++] = &upload->entries[i];
	mem_sort(shelf->entries, shelf->count, sizeof *shelf->entries, by_name);
	for (i = shelf->count; i-- > 0; )
		shelf->next[i] = i + 1 < shelf->count && are_copies(
		    shelf->entries[i], shelf->entries[i + 1]) ?
		    shelf->next[i + 1] : i + 1;
}

struct folders *
folders_new(const struct ledger_upload *upload)
{
	struct folders *folders = xcalloc(1, sizeof *folders);

	fill(&folders->pictures, upload, is_picture);
	fill(&folders->others, upload, is_other);
	return folders;
}

static void
empty(struct shelf *shelf)
{
	free(shelf->entries);
	free(shelf->next);
}

void
folders_free(struct folders *folders)
{
	if (folders == NULL)
		return;
	empty(&folders->pictures);
	empty(&folders->others);
	free(folders);
}

/* How many different files are in the folder that is the first len bytes of name, its
 * slash among them: 0, 1, or 2 for more. */
static int
count_in(const struct shelf *shelf, const char *name, size_t len)
{
	size_t low = 0, high = shelf->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strncmp(shelf->entries[middle]->name, name, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == shelf->count || strncmp(shelf->entries[low]->name, name, len) != 0)
		return 0;
	low = shelf->next[low];
	return low < shelf->count &&
	    strncmp(shelf->entries[low]->name, name, len) == 0 ? 2 : 1;
}

static int
is_alone(const struct folders *folders, const struct ledger_entry *entry, size_t len)
{
	int pictures = count_in(&folders->pictures, entry->name, len);

	if (is_picture(entry))
		return pictures == 1;
	return is_other(entry) && pictures == 0 &&
	    count_in(&folders->others, entry->name, len) == 1;
}

/* What the folder, of len bytes, and all in the path behind it say as one name. */
static void
match_together(const struct candidates *candidates, const char *name, size_t len,
    struct match *match)
{
	struct buf path = BUF_INIT;

	buf_adds(&path, name);
	for (char *at = path.data + len; *at != '\0'; at++)
		if (*at == '/')
			*at = '+';
	candidates_path(candidates, path.data, match);
	if (match->count > 0 && candidates_another(candidates, name, match->rows[0].row))
		*match = (struct match){ .reason = contradiction };
	buf_release(&path);
}

static void
settle(struct match *own, const struct match *together)
{
	if (own->count > 0) {
		if (together->count == 0 && together->reason != NULL)
			*own = (struct match){ .reason = contradiction };
		else if (together->count > 0 && own->rows[0].by == MATCH_NAME)
			*own = *together;
		return;
	}
	if (together->count == 0 && own->reason != NULL)
		return;
	*own = *together;
	for (size_t i = 0; i < own->count; i++)
		own->rows[i].weak = MATCH_WEAK_NAME;
	if (own->doubt == MATCH_SURE)
		own->doubt = MATCH_DOUBT_FOLDER;
}

void
folders_match(const struct folders *folders, const struct candidates *candidates,
    const struct ledger_entry *entry, struct match *match)
{
	struct buf folder = BUF_INIT;
	struct match named = { .count = 0 };
	size_t len = strlen(entry->name);

	while (named.count == 0 && named.reason == NULL) {
		do
			len--;
		while (len > 0 && entry->name[len] != '/');
		if (len == 0 || !is_alone(folders, entry, len + 1))
			break;
		buf_clear(&folder);
		buf_add(&folder, entry->name, len);
		candidates_path(candidates, folder.data, &named);
	}
	if (named.count > 0) {
		match_together(candidates, entry->name, len, &named);
		settle(match, &named);
	}
	buf_release(&folder);
}
