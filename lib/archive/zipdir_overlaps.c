#include "lib/archive/zipdir.h"

#include <stdlib.h>

#include "lib/base/mem.h"

/* Where the entry ends at the earliest; 0 when that is not in the file, and then
 * the entry cannot be read anyway. */
static unsigned long long
end_of(const struct zipdir *dir, const struct zipdir_item *item)
{
	if (item->local > dir->size ||
	    item->entry.packed > dir->size - item->local)
		return 0;
	return item->local + ZIPDIR_LOCAL_SIZE + item->entry.packed;
}

static int
by_place(const void *a, const void *b)
{
	const struct zipdir_item *left = *(struct zipdir_item *const *)a;
	const struct zipdir_item *right = *(struct zipdir_item *const *)b;

	return (left->local > right->local) - (left->local < right->local);
}

void
zipdir_find_overlaps(struct zipdir *dir)
{
	struct zipdir_item **order = xcalloc(dir->count, sizeof *order);
	struct zipdir_item *last = NULL;	/* that reaches furthest */
	size_t count = 0;

	for (size_t i = 0; i < dir->count; i++)
		if (end_of(dir, &dir->items[i]) > 0)
			order[count++] = &dir->items[i];
	mem_sort(order, count, sizeof *order, by_place);
	for (size_t i = 0; i < count; i++) {
		struct zipdir_item *item = order[i];

		if (last != NULL && item->local < end_of(dir, last))
			last->entry.overlaps = item->entry.overlaps = 1;
		if (last == NULL || end_of(dir, item) > end_of(dir, last))
			last = item;
	}
	free(order);
}
