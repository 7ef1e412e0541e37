#include "lib/ingest/verify.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/intake/ledger.h"

struct verify {
	struct batch *batch;
	int repair;
	long files, damaged, repaired;
};

/* What to do about a damaged file; NULL: it is removed, and made again. */
static const char again[] = "send the upload again";
static const char backup[] = "it cannot be made again: take it from a backup";

static void
tell(struct verify *verify, const char *name, const char *what, const char *remedy)
{
	struct buf path = BUF_INIT;

	verify->damaged++;
	batch_path(verify->batch, name, &path);
	if (remedy != NULL)
		msg_warn("'%s' is %s: %s", name, what, remedy);
	else if (!verify->repair)
		msg_warn("'%s' is %s: it can be made again, --repair removes it", name, what);
	else if (unlink(path.data) == 0 || access(path.data, F_OK) != 0) {
		verify->repaired++;
		msg_warn("'%s' was %s: it is removed, and made again by the next run", name,
		    what);
	} else
		msg_warn("'%s' is %s and cannot be removed", name, what);
	buf_release(&path);
}

/* ---- one file ---- */

/* Load what a file holds besides its seal; -1 when it is damaged, which is reported. */
static int
check_sealed(struct verify *verify, const char *name, const char *remedy, struct buf *out)
{
	struct buf reason = BUF_INIT;
	int found = batch_load_sealed(verify->batch, name, SIZE_MAX / 4, out, &reason);

	verify->files += found != 0;
	if (found < 0)
		tell(verify, name, "damaged", remedy);
	buf_release(&reason);
	return found;
}

static void
check_named(struct verify *verify, const char *name, const char *sum, const char *remedy)
{
	struct buf path = BUF_INIT, reason = BUF_INIT;
	char actual[HASH_TEXT];

	verify->files++;
	batch_path(verify->batch, name, &path);
	if (access(path.data, F_OK) != 0)
		tell(verify, name, "gone", remedy);
	else if (hash_file(path.data, actual, &reason) != 0 ||
	    strncmp(actual, sum, HASH_TEXT - 1) != 0)
		tell(verify, name, "damaged", remedy);
	buf_release(&path);
	buf_release(&reason);
}

static void
check_original(struct verify *verify, const char *name)
{
	const char *base = strrchr(name, '/') + 1;

	if (strlen(base) < HASH_TEXT - 1)
		tell(verify, name, "no file of a batch's", "look what it is");
	else
		check_named(verify, name, base, again);
}

/* A result, and the image that it names. */
static void
check_result(struct verify *verify, const char *name)
{
	struct buf text = BUF_INIT, reason = BUF_INIT;
	const char *image, *sum;
	struct node *node = NULL;

	if (check_sealed(verify, name, NULL, &text) == 1 &&
	    strstr(name, "/tc-normalize/") != NULL)
		node = node_parse(text.data, text.len, &reason);
	image = node_text(node, "path");
	sum = node_text(node, "sha256");
	if (image != NULL && sum != NULL)
		check_named(verify, image, sum, NULL);
	node_free(node);
	buf_release(&text);
	buf_release(&reason);
}

/* ---- folders ---- */

/* Each file below a folder of the batch, to its depths. */
static void
walk(struct verify *verify, const char *folder,
    void (*check)(struct verify *, const char *name))
{
	struct buf path = BUF_INIT, name = BUF_INIT;
	struct dirent *entry;
	struct stat status;
	DIR *directory;

	batch_path(verify->batch, folder, &path);
	directory = opendir(path.data);
	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		buf_clear(&name);
		buf_addf(&name, "%s/%s", folder, entry->d_name);
		if (fstatat(dirfd(directory), entry->d_name, &status,
		    AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		if (S_ISDIR(status.st_mode))
			walk(verify, name.data, check);
		else
			check(verify, name.data);
	}
	if (directory != NULL)
		closedir(directory);
	buf_release(&path);
	buf_release(&name);
}

/* Pictures that the ledger knows and that are not there. */
static void
find_missing(struct verify *verify)
{
	struct buf name = BUF_INIT, path = BUF_INIT, reason = BUF_INIT;
	struct ledger ledger;

	ledger_init(&ledger);
	if (ledger_load(&ledger, verify->batch, &reason) != 0)
		ledger.upload_count = 0;	/* reported already */
	for (size_t i = 0; i < ledger.upload_count; i++)
		for (size_t k = 0; k < ledger.uploads[i].count; k++) {
			const struct ledger_entry *entry = &ledger.uploads[i].entries[k];

			if (entry->sha256[0] == '\0' || entry->format == NULL)
				continue;
			buf_clear(&name);
			buf_clear(&path);
			ledger_original(entry->sha256, entry->format, &name);
			batch_path(verify->batch, name.data, &path);
			if (access(path.data, F_OK) != 0)
				tell(verify, name.data, "gone", again);
		}
	ledger_release(&ledger);
	buf_release(&name);
	buf_release(&path);
	buf_release(&reason);
}

static void
check_all(struct verify *verify)
{
	static const char *const kept[] = { "id", "school.json", "roster.ndjson",
	    LEDGER_UPLOADS };
	struct buf text = BUF_INIT, err = BUF_INIT;
	struct journal *journal = journal_load(verify->batch, &err);

	if (journal == NULL) {
		verify->damaged++;
		msg_warn("%s", err.data);
	}
	verify->files++;
	journal_free(journal);
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
		buf_clear(&text);
		check_sealed(verify, kept[i], backup, &text);
	}
	buf_clear(&text);
	check_sealed(verify, "chosen.json", NULL, &text);
	walk(verify, "originals", check_original);
	walk(verify, "results", check_result);
	find_missing(verify);
	buf_release(&text);
	buf_release(&err);
}

long
verify_batch(const char *directory, int repair, struct buf *err)
{
	struct buf reason = BUF_INIT;
	struct verify verify = { .repair = repair };
	char absolute[PATH_MAX];
	struct batch bare = { .directory = absolute, .lock = -1 };

	if (!batch_is_there(directory)) {
		buf_addf(err, "'%s' is not a batch directory", directory);
		return -1;
	}
	verify.batch = batch_open(directory, repair ? BATCH_EXCLUSIVE : BATCH_SHARED, NULL,
	    &reason);
	if (verify.batch == NULL && (strstr(reason.data, "damaged") == NULL ||
	    realpath(directory, absolute) == NULL)) {
		buf_adds(err, reason.data);
		buf_release(&reason);
		return -1;
	}
	if (verify.batch == NULL) {
		verify.batch = &bare;
		verify.repair = 0;	/* without its lock nothing is removed */
	}
	check_all(&verify);
	msg_note("%ld files looked at, %ld damaged, %ld of them removed to be made again",
	    verify.files, verify.damaged, verify.repaired);
	if (verify.batch != &bare)
		batch_close(verify.batch);
	buf_release(&reason);
	return verify.damaged - verify.repaired;
}
