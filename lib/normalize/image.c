#include "lib/normalize/image.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/thumbnail.h"
#include "lib/check/face.h"
#include "lib/decision/status.h"

static const char tool[] = "tc-normalize";

/* Raised whenever the images change: old ones are then not used. */
static const char algorithm[] = "tc-normalize17";

/* One photo while it is worked on. */
struct job {
	const struct image_maker *maker;
	struct measure_face face;	/* pixels of the upright original */
	int crown_estimated;
	char key[HASH_TEXT];
	struct node *result;		/* member "normalized" */
};

int
image_is_wanted(const struct node *photo)
{
	struct measure_face face;

	return status_of(photo) != STATUS_UNREADABLE &&
	    status_of(photo) != STATUS_SUPERSEDED &&
	    node_text(node_get(photo, "source"), "path") != NULL &&
	    subject_from_node(node_get(photo, "face"), &face) == 0;
}

static int
store(struct job *job, const struct buf *image, struct buf *err)
{
	char hash[HASH_TEXT];
	struct buf name = BUF_INIT;
	int result;

	hash_bytes(image->data, image->len, hash);
	buf_addf(&name, "normalized/%.2s/%s.jpg", job->key, job->key);
	result = batch_store(job->maker->batch, name.data, image->data, image->len,
	    err);
	if (result == 0)
		thumbnail_keep(job->maker->batch, image->data, image->len, hash);
	node_set_text(job->result, "path", name.data);
	node_set_integer(job->result, "bytes", (long long)image->len);
	node_set_text(job->result, "sha256", hash);
	buf_release(&name);
	return result;
}

/* From the original in path to job->result. */
static int
make(struct job *job, const char *path, const struct img_stored *stored,
    struct buf *err)
{
	struct registration registration = {
		.limits = &job->maker->limits,
		.search = job->maker->search,
		.face = job->face,
		.crown_estimated = job->crown_estimated,
		.stored = stored,
		.result = job->result,
		.image = BUF_INIT,
	};
	int result = registration_make(&registration, path, err);

	if (result == 0 && registration.image.len > 0)
		result = store(job, &registration.image, err);
	buf_release(&registration.image);
	return result;
}

static void
make_key(struct job *job, const char *sha256)
{
	const struct measure_face *face = &job->face;
	struct hash *hash = hash_new();
	struct buf numbers = BUF_INIT;

	buf_addf(&numbers, "%.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %d",
	    face->box.x, face->box.y, face->box.w, face->box.h,
	    face->left_eye.x, face->left_eye.y, face->right_eye.x,
	    face->right_eye.y, face->left, face->right, face->crown,
	    job->crown_estimated);
	hash_add_text(hash, algorithm);
	hash_add_text(hash, sha256);
	hash_add_text(hash, job->maker->limits.hash);
	subject_search_identify(job->maker->search, hash);
	hash_add_text(hash, numbers.data);
	hash_end(hash, job->key);
	buf_release(&numbers);
}

/* Whether the image that a result names is there as it was made. */
static int
is_whole(const struct batch *batch, const struct node *result)
{
	const char *path = node_text(result, "path");
	const char *sha256 = node_text(result, "sha256");
	struct buf name = BUF_INIT, ignored = BUF_INIT;
	char actual[HASH_TEXT];
	int whole;

	if (path == NULL || sha256 == NULL)
		return path == NULL;
	batch_path(batch, path, &name);
	whole = hash_file(name.data, actual, &ignored) == 0 &&
	    strcmp(actual, sha256) == 0;
	buf_release(&name);
	buf_release(&ignored);
	return whole;
}

/* Fill job->result from what was done before, or do it. */
static int
run_job(struct job *job, const struct node *source, const struct img_stored *stored,
    struct buf *err)
{
	const struct batch *batch = job->maker->batch;
	const char *sha256 = node_text(source, "sha256");
	struct buf path = BUF_INIT;
	int result = -1;

	if (sha256 == NULL) {
		buf_adds(err, "the record has no sha256");
		return -1;
	}
	make_key(job, sha256);
	if (batch_result_load(batch, tool, job->key, &job->result)) {
		if (is_whole(batch, job->result))
			return 0;
		node_free(job->result);
	}
	job->result = node_object();
	batch_path(batch, node_text(source, "path"), &path);
	if ((stored != NULL || batch_check_original(path.data, sha256, err) == 0) &&
	    make(job, path.data, stored, err) == 0)
		result = batch_result_save(batch, tool, job->key, job->result, err);
	buf_release(&path);
	return result;
}

int
image_make(const struct image_maker *maker, const struct node *face,
    const struct node *source, const struct img_stored *stored,
    struct node **normalized, struct buf *err)
{
	struct job job = { .maker = maker };

	if (subject_from_node(face, &job.face) != 0) {
		buf_adds(err, "the record has no face");
		return -1;
	}
	job.crown_estimated = node_true(face, "crown_estimated");
	if (run_job(&job, source, stored, err) != 0) {
		node_free(job.result);
		return -1;
	}
	*normalized = job.result;
	return 0;
}
