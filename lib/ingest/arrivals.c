#include "lib/ingest/arrivals.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/archive/entrymask.h"
#include "lib/archive/entryname.h"
#include "lib/archive/stamp.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/ingest/recognize.h"
#include "lib/ingest/report.h"
#include "lib/intake/ledger.h"
#include "lib/roster/rosterin.h"

/* ---- opening ---- */

/* What was there when an earlier run read it, and whether nothing is left to read. */
static const struct ledger_upload *
known_upload(const struct arrivals_setup *setup, const char *stamp)
{
	long index = setup->batch == NULL ? -1 :
	    uploadstate_find(setup->seen, stamp);

	return index == -1 ? NULL : &setup->ledger->uploads[index];
}

/* The same archive is another upload when its pictures are codes. */
static void
take_stamp(const char *path, int codes, const struct arrivals_setup *setup,
    char *stamp)
{
	struct buf settings = BUF_INIT;

	buf_addf(&settings, "%s%s", setup->settings, codes ? " codes" : "");
	stamp_take(path, setup->limits->entries, settings.data, stamp);
	buf_release(&settings);
}

static void
fail(struct arrivals *arrivals, const char *path, struct buf *reason)
{
	struct buf name = BUF_INIT;
	const char *base = entryname_base(path);
	struct stat status;

	entryname_decode(base, strlen(base), 1, &name);
	arrivals->failures[arrivals->failure_count++] =
	    (struct report_failure){ buf_detach(&name), buf_detach(reason),
	    stat(path, &status) == 0 ? (long long)status.st_size : 0 };
	buf_release(&name);
}

static int
holds(const struct ledger_upload *upload, enum ledger_kind kind)
{
	for (size_t i = 0; i < upload->count; i++)
		if (upload->entries[i].kind == kind)
			return 1;
	return 0;
}

/* Returns whether it was opened, or could not be.  again: it was left unopened, and
 * is opened now if it holds a roster. */
static int
open_one(struct arrivals *arrivals, const char *path, int codes, int again,
    const struct arrivals_setup *setup)
{
	struct arrival *arrival = &arrivals->items[arrivals->count];
	char *stamp = arrivals->stamps[arrivals->count];
	const struct ledger_upload *known;
	struct buf err = BUF_INIT;

	arrivals->codes[arrivals->count] = codes;
	take_stamp(path, codes, setup, stamp);
	known = known_upload(setup, stamp);
	if (known != NULL && !(again && holds(known, LEDGER_ROSTER)) &&
	    uploadstate_is_whole(setup->batch, known)) {
		arrivals->unchanged += !again;
		return 0;
	}
	arrivals->unchanged -= again;
	arrival->upload = upload_open(path, setup->limits, &err);
	fault_end();
	if (arrival->upload != NULL) {
		intake_list(arrival, codes);
		if (upload_count(arrival->upload) == 0 &&
		    upload_damage(arrival->upload) == NULL)
			msg_warn("'%s' holds no files",
			    upload_shown(arrival->upload));
		if (known != NULL)
			uploadstate_reuse(setup->batch, known, &arrival->found);
		arrivals->paths[arrivals->count++] = path;
	} else {
		recognize_advise(path, "upload", setup->profile);
		fail(arrivals, path, &err);
	}
	buf_release(&err);
	return 1;
}

void
arrivals_open(struct arrivals *arrivals, char **paths, size_t count,
    const char *codes, const struct arrivals_setup *setup)
{
	size_t room = count + 1, i;
	unsigned char *opened;
	int tables = 0;

	memset(arrivals, 0, sizeof *arrivals);
	arrivals->items = xcalloc(room, sizeof *arrivals->items);
	roster_init(&arrivals->roster);
	arrivals->has_roster = xcalloc(room, 1);
	arrivals->paths = xcalloc(room, sizeof *arrivals->paths);
	arrivals->stamps = xcalloc(room, sizeof *arrivals->stamps);
	arrivals->codes = xcalloc(room, sizeof *arrivals->codes);
	arrivals->failures = xcalloc(room, sizeof *arrivals->failures);
	opened = xcalloc(room, 1);
	for (i = 0; i < count; i++)
		opened[i] = (unsigned char)open_one(arrivals, paths[i], 0, 0,
		    setup);
	for (i = 0; i < arrivals->count; i++)
		tables |= holds(&arrivals->items[i].found, LEDGER_ROSTER);
	for (i = 0; i < count && tables; i++)
		if (!opened[i])
			open_one(arrivals, paths[i], 0, 1, setup);
	free(opened);
	if (codes != NULL)
		open_one(arrivals, codes, 1, 0, setup);
}

void
arrivals_note(const struct arrivals *arrivals, size_t index,
    const struct arrivals_setup *setup, size_t upload, struct uploadstate *seen)
{
	char stamp[HASH_TEXT];

	take_stamp(arrivals->paths[index], arrivals->codes[index], setup, stamp);
	uploadstate_set(seen, upload, strcmp(stamp, arrivals->stamps[index]) == 0 ?
	    stamp : "");
}

void
arrivals_drop_rosters(struct arrivals *arrivals)
{
	roster_release(&arrivals->roster);
}

void
arrivals_release(struct arrivals *arrivals)
{
	for (size_t i = 0; i < arrivals->count; i++) {
		upload_close(arrivals->items[i].upload);
		ledger_upload_release(&arrivals->items[i].found);
	}
	roster_release(&arrivals->roster);
	for (size_t i = 0; i < arrivals->failure_count; i++) {
		free(arrivals->failures[i].upload);
		free(arrivals->failures[i].reason);
	}
	free(arrivals->items);
	free(arrivals->has_roster);
	free(arrivals->paths);
	free(arrivals->stamps);
	free(arrivals->codes);
	free(arrivals->failures);
}

/* ---- rosters inside ---- */

/* The last folder of an entry's name may be its students' class. */
static void
add_file(struct roster *roster, const char *entry)
{
	const char *base = entryname_base(entry), *start = base;
	struct buf folder = BUF_INIT;

	while (start > entry && (start == base || start[-1] != '/'))
		start--;
	if (base > start)
		buf_add(&folder, start, (size_t)(base - start) - 1);
	roster_add_file(roster, base, folder.data, 0, 0);
	buf_release(&folder);
}

/* What an entry with a table's name is.  A picture under such a name is left to
 * the workers. */
static void
judge_table(struct arrivals *arrivals, size_t which, struct rosterin *from,
    struct ledger_entry *entry)
{
	struct roster *roster = &arrivals->roster;
	struct buf reason = BUF_INIT, shown = BUF_INIT;

	add_file(roster, entry->name);
	buf_addc(&shown, '\'');
	entrymask(entryname_base(entry->name), &shown);
	buf_addc(&shown, '\'');
	switch (rosterin_read_entry(from, intake_index(entry), shown.data,
	    roster, entry->sha256, &reason)) {
	case ROSTERIN_NONE:
		entry->kind = LEDGER_REFUSED;
		entry->reason = buf_detach(&reason);
		break;
	case ROSTERIN_PICTURE:
		entry->kind = LEDGER_UNREADABLE;
		break;
	case ROSTERIN_ROSTER:
		break;
	}
	if (entry->kind == LEDGER_ROSTER)
		arrivals->has_roster[which] = 1;
	else
		roster_drop_file(roster);
	buf_release(&shown);
	buf_release(&reason);
}

static void
read_rosters(struct arrivals *arrivals, size_t which,
    const struct arrivals_setup *setup)
{
	struct ledger_upload *found = &arrivals->items[which].found;
	struct rosterin *from = NULL;

	for (size_t i = 0; i < found->count; i++) {
		if (found->entries[i].kind != LEDGER_ROSTER)
			continue;
		if (from == NULL)
			from = rosterin_open(arrivals->items[which].upload,
			    setup->table, setup->profile);
		judge_table(arrivals, which, from, &found->entries[i]);
	}
	rosterin_close(from);
}

void
arrivals_refuse_missing(char **paths, size_t count, const char *directory)
{
	size_t missing = 0;

	for (size_t i = 0; i < count; i++)
		missing += strcmp(paths[i], "-") != 0 && access(paths[i], F_OK) != 0;
	if (count > 0 && missing == count)
		msg_die("there is no '%s', so no batch '%s' was made", paths[0], directory);
}

void
arrivals_read_rosters(struct arrivals *arrivals,
    const struct arrivals_setup *setup)
{
	for (size_t i = 0; i < arrivals->count; i++)
		read_rosters(arrivals, i, setup);
}

int
arrivals_has_roster(const struct arrivals *arrivals,
    const unsigned char *is_new)
{
	for (size_t i = 0; i < arrivals->count; i++)
		if (arrivals->has_roster[i] && (is_new == NULL || is_new[i]))
			return 1;
	return 0;
}
