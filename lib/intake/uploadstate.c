#include "lib/intake/uploadstate.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/batch/batch.h"
#include "lib/intake/ledger.h"

#define SEEN_FILE "seen"
#define NONE "-"

static int
hash_ledger(const struct batch *batch, char hash[static HASH_TEXT])
{
	struct buf path = BUF_INIT, ignored = BUF_INIT;
	int result;

	batch_path(batch, LEDGER_UPLOADS, &path);
	result = hash_file(path.data, hash, &ignored);
	buf_release(&path);
	buf_release(&ignored);
	return result;
}

/* ---- the file ---- */

static int
next_line(struct io_lines *lines, struct buf *line)
{
	struct buf ignored = BUF_INIT;
	int whole, got = io_lines_next(lines, line, &whole, &ignored);

	buf_release(&ignored);
	return got == 1 && whole && (strcmp(line->data, NONE) == 0 ||
	    line->len == HASH_TEXT - 1);
}

void
uploadstate_load(struct uploadstate *state, const struct batch *batch,
    const struct ledger *ledger)
{
	struct buf path = BUF_INIT, line = BUF_INIT, ignored = BUF_INIT;
	char hash[HASH_TEXT];
	struct io_lines lines;

	*state = (struct uploadstate){ NULL, 0 };
	batch_path(batch, SEEN_FILE, &path);
	if (hash_ledger(batch, hash) == 0 &&
	    io_lines_open(&lines, path.data, &ignored) == 0) {
		if (next_line(&lines, &line) && strcmp(line.data, hash) == 0)
			for (size_t i = 0; i < ledger->upload_count &&
			    next_line(&lines, &line); i++)
				if (strcmp(line.data, NONE) != 0)
					uploadstate_set(state, i, line.data);
		io_lines_close(&lines);
	}
	buf_release(&path);
	buf_release(&line);
	buf_release(&ignored);
}

int
uploadstate_save(const struct uploadstate *state, const struct batch *batch, struct buf *err)
{
	struct buf path = BUF_INIT, tmp = BUF_INIT, text = BUF_INIT;
	char hash[HASH_TEXT];
	int result = 0;

	batch_path(batch, SEEN_FILE, &path);
	batch_path(batch, "tmp", &tmp);
	if (hash_ledger(batch, hash) == 0) {
		buf_addf(&text, "%s\n", hash);
		for (size_t i = 0; i < state->count; i++)
			buf_addf(&text, "%s\n", state->stamps[i][0] != '\0' ?
			    state->stamps[i] : NONE);
		result = io_store(tmp.data, path.data, text.data, text.len,
		    err);
	}
	buf_release(&path);
	buf_release(&tmp);
	buf_release(&text);
	return result;
}

void
uploadstate_release(struct uploadstate *state)
{
	free(state->stamps);
	*state = (struct uploadstate){ NULL, 0 };
}

/* ---- in memory ---- */

long
uploadstate_find(const struct uploadstate *state, const char *stamp)
{
	for (size_t i = 0; *stamp != '\0' && i < state->count; i++)
		if (strcmp(state->stamps[i], stamp) == 0)
			return (long)i;
	return -1;
}

void
uploadstate_set(struct uploadstate *state, size_t index, const char *stamp)
{
	if (index >= state->count) {
		state->stamps = xrealloc_array(state->stamps, index + 1,
		    sizeof *state->stamps);
		memset(state->stamps + state->count, 0,
		    (index + 1 - state->count) * sizeof *state->stamps);
		state->count = index + 1;
	}
	snprintf(state->stamps[index], HASH_TEXT, "%s", stamp);
}

/* ---- entries ---- */

/* Whether the entry was read whole and is still there, where it is a picture. */
static int
is_there(const struct batch *batch, const struct ledger_entry *entry)
{
	struct buf name = BUF_INIT, path = BUF_INIT;
	struct stat status;
	int there;

	if (entry->sha256[0] == '\0' || entry->format == NULL)
		return entry->sha256[0] != '\0';
	ledger_original(entry->sha256, entry->format, &name);
	batch_path(batch, name.data, &path);
	there = stat(path.data, &status) == 0 &&
	    (unsigned long long)status.st_size == entry->bytes;
	buf_release(&name);
	buf_release(&path);
	return there;
}

int
uploadstate_is_whole(const struct batch *batch, const struct ledger_upload *upload)
{
	for (size_t i = 0; i < upload->count; i++)
		if (upload->entries[i].kind != LEDGER_ARCHIVE &&
		    upload->entries[i].kind != LEDGER_SIDECAR &&
		    !is_there(batch, &upload->entries[i]))
			return 0;
	return 1;
}

static void
reuse_entry(const struct ledger_entry *known, struct ledger_entry *found)
{
	found->kind = known->kind;
	found->reason = known->reason != NULL ? xstrdup(known->reason) : NULL;
	found->bytes = known->bytes;
	found->format = known->format;
	found->width = known->width;
	found->height = known->height;
	found->orientation = known->orientation;
	memcpy(found->sha256, known->sha256, HASH_TEXT);
	found->search = known->search;
	found->code = known->code != NULL ? xstrdup(known->code) : NULL;
}

void
uploadstate_reuse(const struct batch *batch, const struct ledger_upload *known,
    struct ledger_upload *found)
{
	for (size_t i = 0; i < known->count && i < found->count; i++) {
		const struct ledger_entry *from = &known->entries[i];
		struct ledger_entry *to = &found->entries[i];

		if (from->number == to->number && to->reason == NULL &&
		    to->kind != LEDGER_ROSTER && to->kind != LEDGER_ARCHIVE &&
		    strcmp(from->name, to->name) == 0 && is_there(batch, from))
			reuse_entry(from, to);
	}
}
