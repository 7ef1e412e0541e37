#include "lib/ingest/prune.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/batch/thumbnail.h"
#include "lib/intake/ledger.h"

enum { KEY = HASH_TEXT - 1 };

/* Hexadecimal hashes, which the names of a batch's files are. */
struct keys {
	char (*items)[HASH_TEXT];
	size_t count, cap;
};

struct tally {
	size_t files;
	unsigned long long bytes;
};

struct sweep {
	const struct prune *prune;
	struct keys pictures;	/* of the ledger and the journal */
	struct keys images;	/* of the manifest, by the name of the file */
	struct keys delivered;	/* SHA-256 of images that bundles held */
	struct tally originals, normalized;
};

static void
add(struct keys *keys, const char *key)
{
	if (key == NULL || strlen(key) < KEY)
		return;
	if (keys->count == keys->cap) {
		keys->cap = keys->cap > 0 ? 2 * keys->cap : 1024;
		keys->items = xrealloc_array(keys->items, keys->cap,
		    sizeof *keys->items);
	}
	memcpy(keys->items[keys->count], key, KEY);
	keys->items[keys->count++][KEY] = '\0';
}

static int
by_key(const void *a, const void *b)
{
	return memcmp(a, b, KEY);
}

static void
sort(struct keys *keys)
{
	mem_sort(keys->items, keys->count, sizeof *keys->items, by_key);
}

static int
has(const struct keys *keys, const char *key)
{
	return keys->count > 0 && bsearch(key, keys->items, keys->count,
	    sizeof *keys->items, by_key) != NULL;
}

/* ---- what is named ---- */

static void
name_kept(struct sweep *sweep)
{
	const struct ledger *ledger = sweep->prune->ledger;
	const struct journal *journal = sweep->prune->journal;

	for (size_t i = 0; i < ledger->upload_count; i++)
		for (size_t k = 0; k < ledger->uploads[i].count; k++)
			add(&sweep->pictures,
			    ledger->uploads[i].entries[k].sha256);
	for (size_t i = 0; i < journal_count(journal); i++) {
		add(&sweep->pictures, journal_at(journal, i)->picture);
		add(&sweep->delivered, journal_at(journal, i)->image);
	}
	sort(&sweep->pictures);
	sort(&sweep->delivered);
}

static int
was_normalized(const struct node *header)
{
	const struct node *steps = node_get(header, "steps");

	for (size_t i = 0; i < node_count(steps); i++) {
		const char *tool = node_text(node_at(steps, i), "tool");

		if (tool != NULL && strcmp(tool, "tc-normalize") == 0)
			return 1;
	}
	return 0;
}

/* What a manifest goes through: its place, and whether this batch is open. */
struct reading {
	struct sweep *sweep;
	long records, found;
	int here;		/* inside this batch's segment */
};

/* One record; a clause about the manifest where it will not do, or NULL. */
static const char *
take_record(struct reading *reading, const struct node *record)
{
	const char *type = node_text(record, "type");
	const char *id = node_text(record, "id");
	const char *path;

	if (type == NULL)
		return "it holds what is no record";
	if (strcmp(type, "batch") == 0) {
		reading->here = id != NULL &&
		    strcmp(id, reading->sweep->prune->batch->id) == 0;
		reading->records = 0;
		return reading->here && !was_normalized(record) ?
		    "tc-normalize did not see it" : NULL;
	}
	if (!reading->here)
		return NULL;
	if (strcmp(type, "end") == 0) {
		reading->here = 0;
		reading->found++;
		return node_true(record, "subset") || reading->records !=
		    (long)node_integer(record, "records", -1) ?
		    "it is a part of one" : NULL;
	}
	reading->records++;
	path = node_text(node_get(record, "normalized"), "path");
	if (path != NULL && strrchr(path, '/') != NULL)
		add(&reading->sweep->images, strrchr(path, '/') + 1);
	return NULL;
}

static int
read_manifest(struct sweep *sweep, const char *path, struct buf *err)
{
	struct reading reading = { .sweep = sweep };
	struct buf line = BUF_INIT, ignored = BUF_INIT;
	const char *wrong = NULL;
	struct io_lines lines;
	int whole, got = 0;

	if (io_lines_open(&lines, path, err) == -1)
		return -1;
	while (wrong == NULL &&
	    (got = io_lines_next(&lines, &line, &whole, err)) == 1) {
		struct node *record = node_parse(line.data, line.len, &ignored);

		wrong = record == NULL ? "it holds what is no record" :
		    take_record(&reading, record);
		node_free(record);
	}
	io_lines_close(&lines);
	if (wrong == NULL && reading.here)
		wrong = "it ends without `end`";
	if (wrong == NULL && reading.found == 0)
		wrong = "it is not of this batch";
	if (got != -1 && wrong != NULL)
		buf_addf(err, "nothing is pruned by '%s': %s", path, wrong);
	sort(&sweep->images);
	buf_release(&line);
	buf_release(&ignored);
	return got == -1 || wrong != NULL ? -1 : 0;
}

/* ---- what is there ---- */

static void
drop(const struct sweep *sweep, const char *path, struct tally *tally)
{
	struct stat status;

	if (stat(path, &status) == -1 ||
	    (sweep->prune->removes && unlink(path) == -1))
		return;
	tally->files++;
	tally->bytes += (unsigned long long)status.st_size;
}

static void
sweep_original(struct sweep *sweep, const char *path, const char *name)
{
	if (!has(&sweep->pictures, name))
		drop(sweep, path, &sweep->originals);
}

static void
sweep_image(struct sweep *sweep, const char *path, const char *name)
{
	struct buf file = BUF_INIT, result = BUF_INIT, ignored = BUF_INIT;
	char sum[HASH_TEXT], key[HASH_TEXT] = "";

	if (has(&sweep->images, name) ||
	    hash_file(path, sum, &ignored) == -1 || has(&sweep->delivered, sum))
		goto out;
	memcpy(key, name, KEY);
	batch_result_name("tc-normalize", key, ".json", &file);
	batch_path(sweep->prune->batch, file.data, &result);
	drop(sweep, result.data, &sweep->normalized);
	buf_clear(&file);
	buf_clear(&result);
	thumbnail_name(sum, &file);
	batch_path(sweep->prune->batch, file.data, &result);
	drop(sweep, result.data, &sweep->normalized);
	drop(sweep, path, &sweep->normalized);
out:
	buf_release(&file);
	buf_release(&result);
	buf_release(&ignored);
}

/* Each file of the folder whose name begins with a hash. */
static void
each_file(struct sweep *sweep, const char *folder,
    void (*each)(struct sweep *, const char *, const char *))
{
	struct buf path = BUF_INIT;
	struct dirent *entry;
	DIR *directory;
	size_t len;

	batch_path(sweep->prune->batch, folder, &path);
	len = path.len;
	directory = opendir(path.data);
	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		if (strspn(entry->d_name, "0123456789abcdef") != KEY)
			continue;
		buf_addf(&path, "/%s", entry->d_name);
		each(sweep, path.data, entry->d_name);
		path.len = len;
		path.data[len] = '\0';
	}
	if (directory != NULL)
		closedir(directory);
	buf_release(&path);
}

int
prune_batch(const struct prune *prune, const char *manifest, struct buf *err)
{
	struct sweep sweep = { .prune = prune };
	int result = read_manifest(&sweep, manifest, err);
	char folder[sizeof "normalized/00"];

	if (result == 0) {
		name_kept(&sweep);
		for (int i = 0; i < 256; i++) {
			snprintf(folder, sizeof folder, "originals/%02x", i);
			each_file(&sweep, folder, sweep_original);
			snprintf(folder, sizeof folder, "normalized/%02x", i);
			each_file(&sweep, folder, sweep_image);
		}
		msg_note("%s: %zu originals, %llu bytes; %zu files of images, "
		    "%llu bytes", prune->removes ? "pruned" :
		    "to be pruned with --force", sweep.originals.files,
		    sweep.originals.bytes, sweep.normalized.files,
		    sweep.normalized.bytes);
	}
	free(sweep.pictures.items);
	free(sweep.images.items);
	free(sweep.delivered.items);
	return result;
}
