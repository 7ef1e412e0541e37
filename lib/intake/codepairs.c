#include "lib/intake/codepairs.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/intake/ledger.h"
#include "lib/intake/pairs.h"

static const char *
why_useless(const struct ledger_entry *code)
{
	switch (code->search) {
	case LEDGER_ONE_CODE:
		return NULL;
	case LEDGER_SEVERAL_CODES:
		return "it holds several codes";
	case LEDGER_NO_CODE:
		return "no code can be read in it";
	default:
		return code->kind == LEDGER_UNREADABLE ?
		    "it cannot be read, and so no code in it" :
		    "it came before codes were looked for: send it again";
	}
}

/* In a group of which nothing is marked the code is what holds one, when another
 * holds none.  Returns the trouble of all of them, or NULL. */
static const char *
tell_codes(struct ledger_entry *const *group, size_t count)
{
	size_t with = 0;

	for (size_t i = 0; i < count; i++)
		with += group[i]->search == LEDGER_ONE_CODE ||
		    group[i]->search == LEDGER_SEVERAL_CODES;
	if (with == 0)
		return "two pictures have this name, and no code can be read "
		    "in either";
	if (with == count)
		return "two pictures have this name, and each holds a code";
	for (size_t i = 0; i < count; i++)
		group[i]->pair.is_code = group[i]->search > LEDGER_NO_CODE;
	return NULL;
}

/* Give the photos of a group the code of the others. */
static void
pair_group(struct ledger_entry **group, size_t count)
{
	const struct ledger_entry *code = NULL;
	const char *trouble = NULL;
	size_t i, photos = 0;

	for (i = 0; i < count; i++) {
		struct ledger_entry *entry = group[i];

		photos += !entry->pair.is_code;
		if (!entry->pair.is_code)
			continue;
		entry->pair.trouble = why_useless(entry);
		if (entry->pair.trouble != NULL)
			trouble = "the code beside it cannot be read";
		else if (code != NULL && strcmp(code->code, entry->code) != 0)
			trouble = "two codes stand beside it";
		code = entry->pair.trouble == NULL ? entry : code;
	}
	for (i = 0; i < count; i++) {
		struct ledger_pair *pair = &group[i]->pair;

		if (pair->is_code && pair->trouble == NULL && photos == 0)
			pair->trouble = "no photo stands beside this code";
		else if (!pair->is_code && trouble != NULL)
			pair->trouble = trouble;
		else if (!pair->is_code && code != NULL)
			pair->code = code->code;
	}
}

static void
take_group(const struct pairs *pairs, size_t first, size_t end,
    struct ledger_upload *upload)
{
	struct ledger_entry **group = xcalloc(end - first, sizeof *group);
	const char *trouble = NULL;
	size_t i, marked = 0;

	for (i = first; i < end; i++) {
		group[i - first] = &upload->entries[pairs->items[i].entry];
		group[i - first]->pair.is_code = pairs->items[i].marked;
		marked += (size_t)pairs->items[i].marked;
	}
	if (marked == 0 && end - first > 1)
		trouble = tell_codes(group, end - first);
	if (trouble == NULL)
		pair_group(group, end - first);
	for (i = 0; trouble != NULL && i < end - first; i++)
		group[i]->pair.trouble = trouble;
	free(group);
}

static int
by_code_beside(const void *a, const void *b)
{
	const struct ledger_entry *left = *(struct ledger_entry *const *)a;
	const struct ledger_entry *right = *(struct ledger_entry *const *)b;
	int order = strcmp(left->pair.code, right->pair.code);

	return order != 0 ? order : strcmp(left->sha256, right->sha256);
}

/* Different photos of one upload beside the same code: one of them may have got
 * another's. */
static void
find_again(struct ledger_upload *upload)
{
	struct ledger_entry **photos = xcalloc(upload->count + 1,
	    sizeof *photos);
	size_t count = 0, end;

	for (size_t i = 0; i < upload->count; i++)
		if (upload->entries[i].pair.code != NULL)
			photos[count++] = &upload->entries[i];
	mem_sort(photos, count, sizeof *photos, by_code_beside);
	for (size_t first = 0; first < count; first = end) {
		const struct ledger_entry *one = photos[first];

		for (end = first + 1; end < count && strcmp(one->pair.code,
		    photos[end]->pair.code) == 0; end++)
			;
		for (size_t i = first; i < end; i++)
			photos[i]->pair.again = strcmp(one->sha256,
			    photos[end - 1]->sha256) != 0;
	}
	free(photos);
}

void
codepairs_pair(struct ledger_upload *upload)
{
	struct pairs pairs;
	size_t end;

	for (size_t i = 0; i < upload->count; i++)
		memset(&upload->entries[i].pair, 0,
		    sizeof upload->entries[i].pair);
	pairs_init(&pairs, upload);
	for (size_t first = 0; first < pairs.count; first = end) {
		end = pairs_end(&pairs, first);
		take_group(&pairs, first, end, upload);
	}
	pairs_release(&pairs);
	find_again(upload);
}
