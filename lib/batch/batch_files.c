#include "lib/batch/batch.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/fault.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/seal.h"

enum { RESULT_FILE_MAX = 1 << 20 };

void
batch_path(const struct batch *batch, const char *name, struct buf *out)
{
	buf_addf(out, "%s/%s", batch->directory, name);
}

int
batch_check_original(const char *path, const char *sha256, struct buf *err)
{
	struct buf reason = BUF_INIT;
	char actual[HASH_TEXT];
	int result = -1;

	if (hash_file(path, actual, &reason) == 0)
		result = strcmp(actual, sha256) == 0 ? 0 : -1;
	if (reason.len > 0 && access(path, F_OK) == 0)
		fault_own(err, "%s", reason.data);
	else if (result != 0)
		fault_own(err, "'%s' is gone or damaged: it is not what was uploaded; send "
		    "the upload again", path);
	buf_release(&reason);
	return result;
}

static int
holds_bytes(const char *path, const void *bytes, size_t len)
{
	struct buf have = BUF_INIT, ignored = BUF_INIT;
	struct stat status;
	int same = 0;

	if (stat(path, &status) == 0 && (size_t)status.st_size == len &&
	    io_read_file(path, len, &have, &ignored) == 0)
		same = have.len == len && memcmp(have.data, bytes, len) == 0;
	buf_release(&have);
	buf_release(&ignored);
	return same;
}

static void
put_length(struct buf *out, size_t len)
{
	uint64_t length = len;

	buf_add(out, &length, sizeof length);
}

static void
put_off(struct buf *deferred, const char *name, const void *bytes, size_t len)
{
	put_length(deferred, strlen(name));
	buf_adds(deferred, name);
	put_length(deferred, len);
	buf_add(deferred, bytes, len);
}

int
batch_store(const struct batch *batch, const char *name, const void *bytes, size_t len,
    struct buf *err)
{
	struct buf path = BUF_INIT, tmp = BUF_INIT;
	char *slash;
	int result = 0;

	if (batch->deferred != NULL) {
		put_off(batch->deferred, name, bytes, len);
		return 0;
	}
	if (dryrun_is() && batch_is_work(name))
		return 0;
	batch_path(batch, name, &path);
	if (holds_bytes(path.data, bytes, len))
		goto out;
	slash = strrchr(path.data, '/');
	*slash = '\0';
	if (access(path.data, F_OK) != 0)
		result = io_make_directory(path.data, err);
	*slash = '/';
	batch_path(batch, "tmp", &tmp);
	if (result == 0)
		result = io_store(tmp.data, path.data, bytes, len, err);
out:
	buf_release(&path);
	buf_release(&tmp);
	return result;
}

void
batch_defer(struct batch *batch, struct buf *deferred)
{
	batch->deferred = deferred;
}

/* The next length and the bytes that follow it; NULL when there are fewer. */
static const char *
take_piece(const char **at, size_t *left, size_t *len)
{
	const char *piece;
	uint64_t length;

	if (*left < sizeof length)
		return NULL;
	memcpy(&length, *at, sizeof length);
	if (length > *left - sizeof length)
		return NULL;
	piece = *at + sizeof length;
	*len = (size_t)length;
	*at = piece + length;
	*left -= sizeof length + (size_t)length;
	return piece;
}

int
batch_is_work(const char *name)
{
	static const char *const folders[] = { "originals/", "normalized/", "results/" };
	size_t i;

	for (i = 0; i < sizeof folders / sizeof *folders; i++)
		if (strncmp(name, folders[i], strlen(folders[i])) == 0)
			return strstr(name, "..") == NULL;
	return 0;
}

int
batch_store_deferred(const struct batch *batch, const char *bytes, size_t len,
    struct buf *err)
{
	const char *name, *content;
	size_t name_len, content_len;
	char *copy;
	int result = 0;

	while (len > 0 && result == 0) {
		name = take_piece(&bytes, &len, &name_len);
		content = name != NULL ? take_piece(&bytes, &len, &content_len) : NULL;
		copy = xstrndup(name != NULL ? name : "", name != NULL ? name_len : 0);
		if (content != NULL && batch_is_work(copy))
			result = batch_store(batch, copy, content, content_len, err);
		else {
			fault_own(err, "a worker sent a file that is not its to write");
			result = -1;
		}
		free(copy);
	}
	return result;
}

/* ---- files that carry their hash ---- */

int
batch_store_sealed(const struct batch *batch, const char *name, const void *bytes,
    size_t len, struct buf *err)
{
	struct buf sealed = BUF_INIT;
	int result;

	buf_add(&sealed, bytes, len);
	seal_add(&sealed);
	result = batch_store(batch, name, sealed.data, sealed.len, err);
	buf_release(&sealed);
	return result;
}

int
batch_load_sealed(const struct batch *batch, const char *name, size_t limit,
    struct buf *out, struct buf *err)
{
	struct buf path = BUF_INIT;
	int result = 0;

	batch_path(batch, name, &path);
	errno = 0;
	if (access(path.data, F_OK) != 0 && errno != ENOENT) {
		fault_own_system(err, "cannot read '%s'", path.data);
		result = -1;
	} else if (errno != ENOENT) {
		result = io_read_file(path.data, limit + SEAL_BYTES, out, err) == 0 ? 1 : -1;
		if (result == 1 && seal_take(out) != 0) {
			buf_addf(err, "'%s' is damaged: it is not as it was written",
			    path.data);
			result = -1;
		}
	}
	buf_release(&path);
	return result;
}

int
batch_load_image(const struct batch *batch, const struct node *normalized,
    size_t limit, struct buf *out, struct buf *err)
{
	const char *name = node_text(normalized, "path");
	const char *said = node_text(normalized, "sha256");
	struct buf path = BUF_INIT, reason = BUF_INIT;
	size_t start = out->len;
	char hash[HASH_TEXT] = "";
	int unreadable;

	if (name == NULL || said == NULL) {
		buf_adds(err, "its registration image has no path or no sha256");
		return -1;
	}
	batch_path(batch, name, &path);
	if (io_read_file(path.data, limit, out, &reason) == 0)
		hash_bytes(out->data + start, out->len - start, hash);
	unreadable = reason.len > 0 && access(path.data, F_OK) == 0;
	if (unreadable)
		fault_own(err, "%s", reason.data);
	else if (strcmp(hash, said) != 0)
		fault_own(err, "'%s' is gone or damaged: run tc-normalize, which makes it again",
		    name);
	buf_release(&path);
	buf_release(&reason);
	return strcmp(hash, said) == 0 ? 0 : -1;
}

void
batch_result_name(const char *tool, const char *key, const char *ending,
    struct buf *out)
{
	buf_addf(out, "results/%s/%.2s/%s%s", tool, key, key, ending);
}

int
batch_result_load(const struct batch *batch, const char *tool, const char *key,
    struct node **result)
{
	struct buf name = BUF_INIT, text = BUF_INIT, ignored = BUF_INIT;
	struct node *node = NULL;

	batch_result_name(tool, key, ".json", &name);
	if (batch_load_sealed(batch, name.data, RESULT_FILE_MAX, &text, &ignored) == 1)
		node = node_parse(text.data, text.len, &ignored);
	buf_release(&name);
	buf_release(&text);
	buf_release(&ignored);
	if (!node_is_object(node)) {
		node_free(node);
		return 0;
	}
	*result = node;
	return 1;
}

int
batch_result_save(const struct batch *batch, const char *tool, const char *key,
    const struct node *result, struct buf *err)
{
	struct buf name = BUF_INIT, text = BUF_INIT;
	int status;

	batch_result_name(tool, key, ".json", &name);
	node_print(result, &text);
	buf_addc(&text, '\n');
	status = batch_store_sealed(batch, name.data, text.data, text.len, err);
	buf_release(&name);
	buf_release(&text);
	return status;
}
