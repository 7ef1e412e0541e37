#include "lib/batch/batch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"

enum { ID_LEN = 8, IDENTITY_FILE_MAX = 1 << 16 };

static void
random_id(char id[static ID_LEN + 1])
{
	static const char digits[] = "abcdefghjkmnpqrstuvwxyz23456789";
	unsigned char bytes[ID_LEN];
	int i;

	if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
		abort();
	for (i = 0; i < ID_LEN; i++)
		id[i] = digits[bytes[i] % (sizeof digits - 1)];
	id[ID_LEN] = '\0';
}

/* ---- identity ---- */

/* What the file says, or NULL. */
static struct node *
load_identity(const struct batch *batch, struct buf *err)
{
	struct buf text = BUF_INIT;
	struct node *node = NULL;
	int found = batch_load_sealed(batch, "id", IDENTITY_FILE_MAX, &text, err);

	if (found == 1)
		node = node_parse(text.data, text.len, err);
	else if (found == 0)
		buf_adds(err, "it has no file 'id'");
	buf_release(&text);
	return node;
}

static int
store_identity(const struct batch *batch, const struct node *node, struct buf *err)
{
	struct buf text = BUF_INIT;
	int result;

	node_print(node, &text);
	buf_addc(&text, '\n');
	result = batch_store_sealed(batch, "id", text.data, text.len, err);
	buf_release(&text);
	return result;
}

static int
write_identity(const struct batch *batch, struct buf *err)
{
	struct buf ignored = BUF_INIT;
	struct node *node = load_identity(batch, &ignored);
	int result;

	if (node == NULL)
		node = node_object();
	node_set_text(node, "id", batch->id);
	node_set_text(node, "school_code", batch->school_code);
	node_set_text(node, "school", batch->school_name);
	node_set_text(node, "class", batch->class);
	node_set_text(node, "date", batch->date);
	result = store_identity(batch, node, err);
	node_free(node);
	buf_release(&ignored);
	return result;
}

void
batch_recall(const struct batch *batch, struct batch_memory *memory)
{
	struct buf ignored = BUF_INIT;
	struct node *node = load_identity(batch, &ignored);
	const struct node *journal = node_get(node, "journal");
	const char *sum = node_text(journal, "sha256");

	memset(memory, 0, sizeof *memory);
	memory->bytes = node_integer(journal, "bytes", 0);
	if (sum != NULL)
		memcpy(memory->sum, sum, strnlen(sum, BATCH_SUM - 1));
	node_free(node);
	buf_release(&ignored);
}

int
batch_remember(const struct batch *batch, const struct batch_memory *memory,
    struct buf *err)
{
	struct buf ignored = BUF_INIT;
	struct node *node = load_identity(batch, &ignored), *journal;
	int result = 0;

	if (node != NULL) {
		node_remove(node, "journal");
		if (memory->bytes > 0) {
			journal = node_set(node, "journal", node_object());
			node_set_integer(journal, "bytes", memory->bytes);
			node_set_text(journal, "sha256", memory->sum);
		}
		result = store_identity(batch, node, err);
	}
	node_free(node);
	buf_release(&ignored);
	return result;
}

static void
new_identity(struct batch *batch)
{
	char id[ID_LEN + 1], date[11];

	random_id(id);
	batch_today(date);
	batch->id = xstrdup(id);
	batch->school_code = xstrdup("");
	batch->school_name = xstrdup("");
	batch->class = xstrdup("");
	batch->date = xstrdup(date);
}

static char *
member(const struct node *node, const char *name)
{
	const char *text = node_text(node, name);

	return xstrdup(text != NULL ? text : "");
}

static int
read_identity(struct batch *batch, struct buf *err)
{
	struct buf reason = BUF_INIT;
	struct node *node = load_identity(batch, &reason);
	int result = -1;

	if (node == NULL || node_text(node, "id") == NULL) {
		buf_addf(err, "'%s' is not a batch directory: %s", batch->directory,
		    reason.data);
	} else {
		batch->id = member(node, "id");
		batch->school_code = member(node, "school_code");
		batch->school_name = member(node, "school");
		batch->class = member(node, "class");
		batch->date = member(node, "date");
		result = 0;
	}
	node_free(node);
	buf_release(&reason);
	return result;
}

/* What the batch does not know yet is filled in; what it knows must agree. */
static int
agree(struct batch *batch, const char *what, const char *given, char **have,
    int *changed, struct buf *err)
{
	if (given == NULL || *given == '\0' || strcmp(given, *have) == 0)
		return 0;
	if (**have != '\0') {
		buf_addf(err, "'%s' is the batch of %s '%s', not '%s'",
		    batch->directory, what, *have, given);
		return -1;
	}
	free(*have);
	*have = xstrdup(given);
	*changed = 1;
	return 0;
}

int
batch_identify(struct batch *batch, const struct batch_identity *identity,
    struct buf *err)
{
	int changed = 0;

	if (agree(batch, "school", identity->school_code, &batch->school_code,
	    &changed, err) != 0 ||
	    agree(batch, "class", identity->class, &batch->class, &changed, err) != 0)
		return -1;
	if (*batch->school_name == '\0')
		agree(batch, "school", identity->school_name, &batch->school_name,
		    &changed, err);
	return changed ? write_identity(batch, err) : 0;
}

/* ---- open ---- */

/* Who may write to the directory may change what people said. */
static int
is_own(const struct batch *batch, struct buf *err)
{
	struct stat status;

	if (stat(batch->directory, &status) != 0)
		fault_own_system(err, "cannot open '%s'", batch->directory);
	else if (status.st_uid != geteuid())
		buf_addf(err, "'%s' belongs to another account: run the tool as its owner",
		    batch->directory);
	else if ((status.st_mode & 022) != 0)
		buf_addf(err, "others may write to '%s': chmod 700 it", batch->directory);
	else
		return 0;
	return -1;
}

static int
take_lock(struct batch *batch, enum batch_mode mode, struct buf *err)
{
	struct buf path = BUF_INIT;
	int result = -1;

	batch_path(batch, "lock", &path);
	batch->lock = open(path.data, O_RDWR | O_CLOEXEC |
	    (mode == BATCH_EXCLUSIVE ? O_CREAT : 0), 0600);
	if (batch->lock < 0 && errno == ENOENT)
		buf_addf(err, "'%s' is not a batch directory", batch->directory);
	else if (batch->lock < 0)
		fault_own_system(err, "cannot open '%s'", path.data);
	else if (flock(batch->lock,
	    (mode == BATCH_EXCLUSIVE ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0)
		result = 0;
	else if (errno == EWOULDBLOCK)
		buf_addf(err, "'%s' is in use by another run", batch->directory);
	else
		fault_own_system(err, "cannot lock '%s'", path.data);
	buf_release(&path);
	return result;
}

/* What killed runs left behind; only under the exclusive lock. */
static void
empty_tmp(const struct batch *batch)
{
	struct buf path = BUF_INIT;
	struct dirent *entry;
	DIR *directory;

	batch_path(batch, "tmp", &path);
	directory = opendir(path.data);
	while (directory != NULL && (entry = readdir(directory)) != NULL)
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(directory), entry->d_name, 0);
	if (directory != NULL)
		closedir(directory);
	buf_release(&path);
}

static int
prepare(const struct batch *batch, struct buf *err)
{
	static const char *const folders[] = { "tmp", "originals", "normalized",
	    "results" };
	struct buf path = BUF_INIT;
	int result = 0;
	size_t i;

	for (i = 0; result == 0 && i < sizeof folders / sizeof *folders; i++) {
		buf_clear(&path);
		batch_path(batch, folders[i], &path);
		result = io_make_directory(path.data, err);
	}
	empty_tmp(batch);
	buf_release(&path);
	return result;
}

int
batch_is_there(const char *directory)
{
	struct buf path = BUF_INIT;
	int there;

	buf_addf(&path, "%s/id", directory);
	there = access(path.data, F_OK) == 0;
	buf_release(&path);
	return there;
}

static int
open_identity(struct batch *batch, enum batch_mode mode,
    const struct batch_identity *identity, struct buf *err)
{
	static const struct batch_identity nobody;
	int is_new = mode == BATCH_EXCLUSIVE && !batch_is_there(batch->directory);

	if (is_new)
		new_identity(batch);
	else if (read_identity(batch, err) != 0)
		return -1;
	if (mode == BATCH_SHARED)
		return 0;
	if (batch_identify(batch, identity != NULL ? identity : &nobody, err) != 0)
		return -1;
	return is_new ? write_identity(batch, err) : 0;
}

struct batch *
batch_open(const char *directory, enum batch_mode mode,
    const struct batch_identity *identity, struct buf *err)
{
	struct batch *batch = xcalloc(1, sizeof *batch);
	char absolute[PATH_MAX];

	batch->lock = -1;
	batch->mode = mode;
	if (mode == BATCH_EXCLUSIVE && io_make_directory(directory, err) != 0)
		goto fail;
	if (realpath(directory, absolute) == NULL) {
		fault_system(err, "cannot open the batch directory '%s'", directory);
		goto fail;
	}
	batch->directory = xstrdup(absolute);
	if (is_own(batch, err) != 0 || take_lock(batch, mode, err) != 0 ||
	    (mode == BATCH_EXCLUSIVE && prepare(batch, err) != 0) ||
	    open_identity(batch, mode, identity, err) != 0)
		goto fail;
	return batch;
fail:
	batch_close(batch);
	return NULL;
}

void
batch_close(struct batch *batch)
{
	if (batch == NULL)
		return;
	if (batch->lock >= 0)
		close(batch->lock);
	free(batch->directory);
	free(batch->id);
	free(batch->school_code);
	free(batch->school_name);
	free(batch->class);
	free(batch->date);
	free(batch);
}

void
batch_share(struct batch *batch)
{
	flock(batch->lock, LOCK_SH | LOCK_NB);
	batch->mode = BATCH_SHARED;
}

int
batch_sync(const struct batch *batch, struct buf *err)
{
	if (syncfs(batch->lock) == 0)
		return 0;
	fault_own_system(err, "cannot make '%s' durable", batch->directory);
	return -1;
}

int
batch_spool(const struct batch *batch, struct buf *err)
{
	struct buf path = BUF_INIT;
	int fd;

	batch_path(batch, "tmp", &path);
	fd = open(path.data, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) {
		buf_adds(&path, "/spool-XXXXXX");
		fd = mkostemp(path.data, O_CLOEXEC);
		if (fd >= 0)
			unlink(path.data);
	}
	if (fd < 0)
		fault_own_system(err, "cannot make a temporary file in '%s'", batch->directory);
	buf_release(&path);
	return fd;
}

void
batch_add_names(const char *school_code, const char *school_name,
    const char *class, struct buf *out)
{
	buf_adds(out, school_code);
	if (*school_name != '\0')
		buf_addf(out, "%s%s", out->len > 0 ? " " : "", school_name);
	if (*class != '\0')
		buf_addf(out, "%s%s届", out->len > 0 ? " " : "", class);
}

void
batch_add_title(const struct batch *batch, struct buf *out)
{
	batch_add_names(batch->school_code, batch->school_name, batch->class, out);
}
