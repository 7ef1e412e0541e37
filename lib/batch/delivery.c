#include "lib/batch/delivery.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"

struct taken {
	char *record, *after;
	char picture[HASH_TEXT], image[HASH_TEXT];
	int volume;
};

struct volume_name {
	char *name;
	char sum[HASH_TEXT];
};

struct delivery {
	char *directory;	/* of the batch */
	enum journal_kind kind;
	struct journal *journal;
	struct taken *taken;
	size_t count, room;
	struct volume_name *volumes;
	int volume_count;
};

struct delivery *
delivery_new(const struct batch *batch, int kind, struct buf *err)
{
	struct delivery *delivery = xcalloc(1, sizeof *delivery);

	delivery->kind = (enum journal_kind)kind;
	delivery->directory = xstrdup(batch->directory);
	delivery->journal = journal_load(batch, err);
	if (delivery->journal == NULL) {
		delivery_free(delivery);
		return NULL;
	}
	return delivery;
}

void
delivery_free(struct delivery *delivery)
{
	size_t i;
	int volume;

	if (delivery == NULL)
		return;
	for (i = 0; i < delivery->count; i++) {
		free(delivery->taken[i].record);
		free(delivery->taken[i].after);
	}
	for (volume = 0; volume < delivery->volume_count; volume++)
		free(delivery->volumes[volume].name);
	free(delivery->taken);
	free(delivery->volumes);
	journal_free(delivery->journal);
	free(delivery->directory);
	free(delivery);
}

int
delivery_has(const struct delivery *delivery, const struct node *photo)
{
	const char *record = node_text(photo, "id");
	const char *picture = node_text(node_get(photo, "source"), "sha256");
	const struct journal_answer *answer = NULL;
	int has = 0;

	if (record == NULL || picture == NULL)
		return 0;
	while ((answer = journal_next(delivery->journal, record, answer)) != NULL) {
		if (answer->picture == NULL || strcmp(answer->picture, picture) != 0)
			continue;
		if (answer->kind == JOURNAL_DELIVERY)
			has = 1;
		else if (answer->kind == JOURNAL_UNLINK ||
		    (answer->kind == JOURNAL_REGISTER &&
		    strcmp(answer->after, "rejected") == 0))
			has = 0;
	}
	return has;
}

/* Answers about one bundle stand together. */
int
delivery_bundles(const struct delivery *delivery)
{
	const struct journal_answer *answer;
	const char *last = NULL;
	size_t i;
	int count = 0;

	for (i = 0; i < journal_count(delivery->journal); i++) {
		answer = journal_at(delivery->journal, i);
		if (answer->kind != JOURNAL_DELIVERY || answer->file == NULL)
			continue;
		if (last == NULL || strcmp(last, answer->file) != 0)
			count++;
		last = answer->file;
	}
	return count;
}

static void
copy_sum(const char *text, char sum[static HASH_TEXT])
{
	memset(sum, 0, HASH_TEXT);
	if (text != NULL)
		memcpy(sum, text, strnlen(text, HASH_TEXT - 1));
}

void
delivery_take(struct delivery *delivery, const struct node *photo, int volume,
    const char *after)
{
	struct taken *taken;

	if (delivery->count == delivery->room) {
		delivery->room = delivery->room > 0 ? delivery->room * 2 : 256;
		delivery->taken = xrealloc_array(delivery->taken,
		    delivery->room, sizeof *delivery->taken);
	}
	taken = &delivery->taken[delivery->count++];
	taken->record = xstrdup(node_text(photo, "id"));
	taken->after = after != NULL ? xstrdup(after) : NULL;
	taken->volume = volume;
	copy_sum(node_text(node_get(photo, "source"), "sha256"), taken->picture);
	copy_sum(node_text(node_get(photo, "normalized"), "sha256"),
	    taken->image);
}

void
delivery_volume(struct delivery *delivery, int volume, const char *name,
    const char *sum)
{
	while (delivery->volume_count < volume) {
		delivery->volumes = xrealloc_array(delivery->volumes,
		    (size_t)delivery->volume_count + 1,
		    sizeof *delivery->volumes);
		memset(&delivery->volumes[delivery->volume_count++], 0,
		    sizeof *delivery->volumes);
	}
	free(delivery->volumes[volume - 1].name);
	delivery->volumes[volume - 1].name = xstrdup(name);
	copy_sum(sum, delivery->volumes[volume - 1].sum);
}

int
delivery_record(const struct delivery *delivery, struct buf *err)
{
	struct journal_answer *answers, *answer;
	const struct volume_name *volume;
	struct batch *batch;
	size_t i;
	int result;

	if (delivery->count == 0)
		return 0;
	batch = batch_open(delivery->directory, BATCH_SHARED, NULL, err);
	if (batch == NULL)
		return -1;
	answers = xcalloc(delivery->count, sizeof *answers);
	for (i = 0; i < delivery->count; i++) {
		answer = &answers[i];
		volume = &delivery->volumes[delivery->taken[i].volume - 1];
		answer->kind = delivery->kind;
		answer->record = delivery->taken[i].record;
		answer->after = delivery->taken[i].after;
		answer->picture = delivery->taken[i].picture;
		answer->image = delivery->taken[i].image;
		answer->role = "tool";
		answer->who = end_tool();
		answer->file = volume->sum[0] != '\0' ? volume->sum : NULL;
		answer->file_name = volume->name;
	}
	result = journal_append(batch, answers, delivery->count, NULL, err);
	free(answers);
	batch_close(batch);
	return result;
}
