#include "lib/intake/merge.h"

#include <string.h>

#include "lib/base/mem.h"
#include "lib/batch/batch.h"
#include "lib/intake/ledger.h"

static int
same_entry(const struct ledger_entry *a, const struct ledger_entry *b)
{
	if (a->number != b->number || strcmp(a->name, b->name) != 0)
		return 0;
	return a->sha256[0] == '\0' || b->sha256[0] == '\0' ||
	    strcmp(a->sha256, b->sha256) == 0;
}

static int
same_upload(const struct ledger_upload *a, const struct ledger_upload *b)
{
	if (strcmp(a->name, b->name) != 0 || a->count != b->count ||
	    a->junk != b->junk || a->codes != b->codes)
		return 0;
	for (size_t i = 0; i < a->count; i++)
		if (!same_entry(&a->entries[i], &b->entries[i]))
			return 0;
	return 1;
}

/* The upload among the first count that found is; NULL when it is new. */
static struct ledger_upload *
find(const struct ledger *ledger, size_t count,
    const struct ledger_upload *found)
{
	for (size_t i = count; i > 0; i--)
		if (same_upload(&ledger->uploads[i - 1], found))
			return &ledger->uploads[i - 1];
	return NULL;
}

int
merge_is_new(const struct ledger *ledger, size_t count,
    const struct ledger_upload *found)
{
	return find(ledger, count, found) == NULL;
}

/* Codes may be looked for in a later run only. */
static void
take_code(struct ledger_entry *known, struct ledger_entry *found)
{
	if (known->search != LEDGER_UNSOUGHT)
		return;
	known->search = found->search;
	known->code = found->code;
	found->code = NULL;
}

/* Take over what this run found out, unless the earlier one knew more; the number
 * that was given stays. */
static void
merge_entry(struct ledger_entry *known, struct ledger_entry *found)
{
	struct ledger_entry old = *known;

	if (known->kind == LEDGER_PICTURE ||
	    (known->sha256[0] != '\0' && found->sha256[0] == '\0')) {
		take_code(known, found);
		return;
	}
	*known = *found;
	known->n = old.n;
	*found = old;		/* to be released */
}

static void
take_damage(struct ledger_upload *known, struct ledger_upload *found)
{
	char *old = known->damage;

	known->damage = found->damage;
	found->damage = old;
}

size_t
merge(struct ledger *ledger, struct ledger_upload *found)
{
	struct ledger_upload *known = find(ledger, ledger->upload_count, found);

	if (known == NULL) {
		batch_today(found->day);
		*ledger_add_upload(ledger) = *found;
		memset(found, 0, sizeof *found);
		return ledger->upload_count - 1;
	}
	take_damage(known, found);
	for (size_t i = 0; i < known->count; i++)
		merge_entry(&known->entries[i], &found->entries[i]);
	ledger_upload_release(found);
	return (size_t)(known - ledger->uploads);
}
