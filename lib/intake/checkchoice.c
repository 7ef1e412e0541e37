#include "lib/intake/checkchoice.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/decision/choose.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"

struct chosen {
	const char *picture;	/* SHA-256 */
	size_t student;
};

static int
by_picture(const void *a, const void *b)
{
	const struct chosen *left = a, *right = b;
	int order = strcmp(left->picture, right->picture);

	return order != 0 ? order :
	    (left->student > right->student) - (left->student < right->student);
}

static size_t
list(const struct ledger *ledger, const char *batch, const struct node *file,
    struct chosen *chosen)
{
	struct buf record = BUF_INIT;
	size_t count = 0;

	for (size_t i = 0; i < ledger->student_count; i++) {
		buf_clear(&record);
		buf_addf(&record, "%s-%ld", batch, ledger->students[i].n);
		chosen[count].picture = node_text(file, record.data);
		chosen[count].student = i;
		count += chosen[count].picture != NULL;
	}
	buf_release(&record);
	mem_sort(chosen, count, sizeof *chosen, by_picture);
	return count;
}

static void
place(struct join_photo *photos, const struct chosen *chosen, size_t count,
    struct ledger_upload *upload, struct ledger_entry *entry)
{
	size_t low = 0, high = count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(chosen[middle].picture, entry->sha256) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < count && strcmp(chosen[low].picture, entry->sha256) == 0;
	    low++)
		if (photos[chosen[low].student].entry != NULL &&
		    !photos[chosen[low].student].locked) {
			photos[chosen[low].student].upload = upload;
			photos[chosen[low].student].entry = entry;
		}
}

int
checkchoice_take(struct join_photo *photos, const struct ledger *ledger,
    const struct batch *batch, struct buf *err)
{
	struct node *file = choices_load(batch, err);
	struct chosen *chosen;
	size_t count;

	if (file == NULL)
		return -1;
	chosen = xcalloc(ledger->student_count + 1, sizeof *chosen);
	count = list(ledger, batch->id, file, chosen);

	for (size_t i = 0; count > 0 && i < ledger->upload_count; i++)
		for (size_t k = 0; k < ledger->uploads[i].count; k++) {
			struct ledger_upload *upload = &ledger->uploads[i];
			struct ledger_entry *entry = &upload->entries[k];

			if (entry->match.state == LEDGER_SUPERSEDED)
				place(photos, chosen, count, upload, entry);
		}
	free(chosen);
	node_free(file);
	return 0;
}
