#include "lib/intake/intake.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/archive/archivein.h"
#include "lib/archive/entryname.h"
#include "lib/archive/upload.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/workers.h"
#include "lib/batch/batch.h"
#include "lib/intake/pairs.h"
#include "lib/intake/sidecar.h"
#include "lib/picture/img.h"
#include "lib/picture/qr.h"
#include "lib/profile/profile.h"

/* What a worker is asked, and what it answers. */
struct job {
	uint32_t arrival, entry;
	enum qr_effort effort;
};

struct answer {
	enum ledger_kind kind;
	int width, height, orientation;
	unsigned long long bytes;
	const char *format;		/* static, the same in every process */
	char sha256[HASH_TEXT];
	enum ledger_search search;
	size_t code, reason, files;	/* bytes of what follows: the code's text, why it
					 * is none, what the parent is to write */
};

struct intake {
	struct arrival *arrivals;
	struct batch *batch;
	double pixels_max;		/* in which a code is looked for */
	int by_code;
	long done, total;
	struct buf bytes;		/* of the entry that is worked on */
	struct buf code;		/* in it */
	struct buf files;		/* for batch_store_deferred */
};

/* What an entry would be if it could be read. */
static enum ledger_kind
kind_by_name(const char *name)
{
	return entryname_is_picture(name) ? LEDGER_UNREADABLE :
	    entryname_is_table(name) ? LEDGER_ROSTER : LEDGER_REFUSED;
}

void
intake_limits(const struct profile *profile, struct upload_options *options)
{
	options->entries = (size_t)profile_integer(profile, "ingest",
	    "entries_max");
	options->entry_bytes = (size_t)profile_integer(profile, "ingest",
	    "entry_bytes_max");
	options->total_bytes = (unsigned long long)profile_integer(profile,
	    "ingest", "total_bytes_max");
	options->ratio = profile_number(profile, "ingest", "ratio_max");
	options->name_bytes = (size_t)profile_integer(profile, "ingest",
	    "name_bytes_max");
	options->archives = (size_t)profile_integer(profile, "ingest",
	    "archives_max");
	profile_worker_limits(profile, &options->memory, &options->seconds);
}

static void
note_empty(struct ledger_entry *entry)
{
	entry->kind = LEDGER_EMPTY;
	entry->reason = xstrdup("it is empty");
	hash_bytes("", 0, entry->sha256);
}

void
intake_list(struct arrival *arrival, int codes)
{
	struct ledger_upload *found = &arrival->found;
	const char *damage = upload_damage(arrival->upload);
	size_t count = upload_count(arrival->upload);

	memset(found, 0, sizeof *found);
	found->name = xstrdup(upload_name(arrival->upload));
	found->damage = damage != NULL ? xstrdup(damage) : NULL;
	found->codes = codes;
	found->entries = xcalloc(count, sizeof *found->entries);
	for (size_t i = 0; i < count; i++) {
		struct upload_entry listed = upload_at(arrival->upload, i);
		struct ledger_entry *entry;

		if (entryname_is_junk(listed.name)) {
			found->junk++;
			continue;
		}
		entry = &found->entries[found->count++];
		entry->name = xstrdup(listed.name);
		entry->number = (long)i + 1;
		entry->bytes = listed.bytes;
		entry->kind = listed.archive ? LEDGER_ARCHIVE :
		    kind_by_name(listed.name);
		if (listed.obstacle != NULL) {
			entry->reason = xstrdup(listed.obstacle);
			if (entry->kind == LEDGER_ROSTER)
				entry->kind = LEDGER_REFUSED;
		} else if (listed.bytes == 0)
			note_empty(entry);
	}
	sidecar_mark(found);
}

size_t
intake_index(const struct ledger_entry *entry)
{
	return (size_t)entry->number - 1;
}

/* ---- in the worker ---- */

static int
start(void *state, struct buf *err)
{
	struct intake *intake = state;

	batch_defer(intake->batch, &intake->files);
	return img_start(err);
}

/* What the picture says of itself. */
static void
probe(const char *path, struct answer *answer, struct buf *reason)
{
	struct img_info info;

	answer->kind = LEDGER_UNREADABLE;
	if (img_probe(path, &info, reason) == 0) {
		answer->width = info.width;
		answer->height = info.height;
		answer->orientation = info.orientation;
		answer->kind = LEDGER_PICTURE;
	} else
		workers_doubt();
}

/* A picture that turns out to be damaged is treated as one without a code:
 * whether it can be decoded is tc-check's to say. */
static void
seek_code(struct intake *intake, const char *path, enum qr_effort effort,
    struct answer *answer)
{
	static const enum ledger_search searches[] = {
		[QR_NONE] = LEDGER_NO_CODE,
		[QR_ONE] = LEDGER_ONE_CODE,
		[QR_SEVERAL] = LEDGER_SEVERAL_CODES
	};
	struct buf found = BUF_INIT, ignored = BUF_INIT;
	int result;

	result = qr_read(path, effort, &found, &ignored);
	answer->search = searches[result >= 0 ? result : QR_NONE];
	if (answer->search == LEDGER_ONE_CODE)
		qr_text(found.data, found.len, &intake->code);
	buf_release(&found);
	buf_release(&ignored);
}

static void
take_picture(struct intake *intake, enum qr_effort effort,
    struct answer *answer, struct buf *reason)
{
	struct buf name = BUF_INIT, path = BUF_INIT;
	int fd;

	ledger_original(answer->sha256, answer->format, &name);
	batch_store(intake->batch, name.data, intake->bytes.data,
	    intake->bytes.len, reason);
	fd = io_memory_file(intake->bytes.data, intake->bytes.len, &path, reason);
	if (fd != -1) {
		probe(path.data, answer, reason);
		if (intake->by_code && answer->kind == LEDGER_PICTURE &&
		    (double)answer->width * answer->height <= intake->pixels_max)
			seek_code(intake, path.data, effort, answer);
		close(fd);
	}
	buf_release(&path);
	buf_release(&name);
}

/* What it is instead, as far as its sender can do something about it. */
static const char *
not_a_picture(const char *name, const struct buf *bytes)
{
	static const char compound[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
	int zip = bytes->len >= 4 && memcmp(bytes->data, "PK\3\4", 4) == 0;

	/* the first entries of an office program's package */
	if ((zip && (memmem(bytes->data, bytes->len, "[Content_Types].xml",
	    19) != NULL || memmem(bytes->data, bytes->len,
	    "mimetypeapplication/", 20) != NULL)) ||
	    (bytes->len >= 8 && memcmp(bytes->data, compound, 8) == 0) ||
	    (bytes->len >= 5 && memcmp(bytes->data, "%PDF-", 5) == 0) ||
	    (zip && entryname_is_document(name)))
		return "it is a document: photos in it must be sent as "
		    "pictures";
	if (zip || archivein_kind(bytes->data, bytes->len) != NULL)
		return "it is an archive that lies too deep in the upload, or "
		    "has no archive's name: send it alone";
	return entryname_is_picture(name) ? "it is not a picture of a known "
	    "format, whatever its name says" : "it is neither a picture nor a "
	    "table of a known format";
}

static void
work(void *state, const char *job_bytes, size_t len, struct buf *result)
{
	struct intake *intake = state;
	struct answer answer = { .kind = LEDGER_REFUSED };
	struct buf reason = BUF_INIT;
	struct arrival *arrival;
	struct ledger_entry *entry;
	struct job job;

	(void)len;
	memcpy(&job, job_bytes, sizeof job);
	arrival = &intake->arrivals[job.arrival];
	entry = &arrival->found.entries[job.entry];
	buf_clear(&intake->bytes);
	buf_clear(&intake->code);
	buf_clear(&intake->files);
	if (upload_read(arrival->upload, intake_index(entry), &intake->bytes,
	    &reason) == -1)
		answer.kind = entry->kind;
	else {
		answer.bytes = intake->bytes.len;
		hash_bytes(intake->bytes.data, intake->bytes.len,
		    answer.sha256);
		answer.format = ledger_format(img_sniff(intake->bytes.data,
		    intake->bytes.len));
		if (answer.format != NULL)
			take_picture(intake, job.effort, &answer, &reason);
		else {
			answer.kind = entry->kind;
			buf_adds(&reason, not_a_picture(entry->name,
			    &intake->bytes));
		}
	}
	answer.code = intake->code.len;
	answer.reason = reason.len;
	answer.files = intake->files.len;
	buf_add(result, &answer, sizeof answer);
	buf_add(result, intake->code.data, intake->code.len);
	buf_add(result, reason.data, reason.len);
	buf_add(result, intake->files.data, intake->files.len);
	buf_release(&reason);
}

/* ---- in the parent ---- */

static void
done(void *state, const char *job_bytes, size_t job_len, const char *result,
    size_t len, const char *reason)
{
	struct intake *intake = state;
	struct ledger_entry *entry;
	struct buf err = BUF_INIT;
	struct answer answer;
	struct job job;

	(void)len;
	(void)job_len;
	memcpy(&job, job_bytes, sizeof job);
	entry = &intake->arrivals[job.arrival].found.entries[job.entry];
	msg_progress(++intake->done, intake->total);
	if (result == NULL) {
		entry->reason = xstrdup(reason);
		return;
	}
	memcpy(&answer, result, sizeof answer);
	result += sizeof answer;
	if (answer.code > 0)
		entry->code = xstrndup(result, answer.code);
	if (answer.reason > 0)
		entry->reason = xstrndup(result + answer.code, answer.reason);
	if (batch_store_deferred(intake->batch, result + answer.code + answer.reason,
	    answer.files, &err) == -1)
		msg_die("%s", err.data);
	entry->kind = answer.kind;
	entry->search = answer.search;
	entry->format = answer.format;
	entry->width = answer.width;
	entry->height = answer.height;
	entry->orientation = answer.orientation;
	memcpy(entry->sha256, answer.sha256, HASH_TEXT);
	if (answer.bytes > 0)
		entry->bytes = answer.bytes;
}

static int
is_work(const struct ledger_entry *entry)
{
	return entry->reason == NULL && entry->sha256[0] == '\0' &&
	    entry->kind != LEDGER_ROSTER &&
	    entry->kind != LEDGER_ARCHIVE &&
	    entry->kind != LEDGER_SIDECAR;
}

static void
submit(struct workers *workers, const struct arrival *arrivals, size_t which)
{
	const struct ledger_upload *found = &arrivals[which].found;
	unsigned char *likely = xcalloc(found->count + 1, 1);

	pairs_likely(found, likely);
	for (size_t i = 0; i < found->count; i++) {
		struct job job = { (uint32_t)which, (uint32_t)i,
		    likely[i] ? QR_THOROUGH : QR_QUICK };

		if (is_work(&found->entries[i]))
			workers_submit(workers, (const char *)&job, sizeof job);
	}
	free(likely);
}

void
intake_read(struct arrival *arrivals, size_t count, struct batch *batch,
    const struct profile *profile, int jobs)
{
	struct intake intake = { .arrivals = arrivals, .batch = batch,
	    .bytes = BUF_INIT, .code = BUF_INIT, .files = BUF_INIT };
	const char **reads = xcalloc(count + 1, sizeof *reads);
	struct workers_setup setup = { .count = jobs, .state = &intake,
	    .reads = reads, .start = start, .work = work, .done = done };
	struct workers *workers;

	intake.by_code = profile_by_code(profile);
	intake.pixels_max = profile_number(profile, "ingest", "pixels_max");
	profile_worker_limits(profile, &setup.memory, &setup.seconds);
	for (size_t i = 0; i < count; i++)
		if (arrivals[i].upload != NULL)
			reads[setup.read_count++] = upload_path(arrivals[i].upload);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < arrivals[i].found.count; k++)
			intake.total += is_work(&arrivals[i].found.entries[k]);
	workers = workers_start(&setup);
	for (size_t i = 0; i < count; i++)
		submit(workers, arrivals, i);
	workers_end(workers);
	free(reads);
	msg_progress_end();
	for (size_t i = 0; i < count && !intake.by_code; i++)
		sidecar_mark_pictures(&arrivals[i].found);
	buf_release(&intake.bytes);
	buf_release(&intake.code);
}
