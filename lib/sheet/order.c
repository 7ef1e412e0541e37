#include "lib/sheet/order.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/base/node.h"

/* What is kept of all levels together, and of the number. */
enum { LEVEL_BYTES = 120, NUMBER_BYTES = 24 };
_Static_assert(LEVEL_BYTES + NUMBER_BYTES + ORDER_LEVELS_MAX + 1 +
    sizeof(struct order_entry) <= ORDER_BYTES, "a student's memory");

/* What compares lower when numbers are equal is the one with fewer zeros in
 * front, so that 1 and 01 have an order too. */
static int
compare_numbers(const char **a, const char **b)
{
	size_t zeros_a = strspn(*a, "0"), zeros_b = strspn(*b, "0");
	const char *first = *a + zeros_a, *second = *b + zeros_b;
	size_t len_a = strspn(first, "0123456789");
	size_t len_b = strspn(second, "0123456789");
	int result;

	*a = first + len_a;
	*b = second + len_b;
	if (len_a != len_b)
		return len_a < len_b ? -1 : 1;
	result = memcmp(first, second, len_a);
	if (result != 0)
		return result;
	return (zeros_a > zeros_b) - (zeros_a < zeros_b);
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

int
order_compare(const char *a, const char *b)
{
	int result = 0;

	while (*a != '\0' && *b != '\0') {
		if (is_digit(*a) && is_digit(*b)) {
			result = compare_numbers(&a, &b);
		} else {
			result = (unsigned char)*a - (unsigned char)*b;
			a++;
			b++;
		}
		if (result != 0)
			return result;
	}
	return (*a != '\0') - (*b != '\0');
}

static uint64_t
hash_text(uint64_t hash, const char *text)
{
	/* FNV-1a; the NUL parts two texts */
	do {
		hash ^= (unsigned char)*text;
		hash *= 0x100000001b3;
	} while (*text++ != '\0');
	return hash;
}

static const char *
text_of(const struct node *student, const char *name)
{
	const char *text = node_text(student, name);

	return text != NULL ? text : "";
}

int
order_add_level(struct order *order, const char *name, struct buf *err)
{
	static const char *const names[] = {
		"college", "class", "teaching_point", "school", "major", "level",
		"season"
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			break;
	if (i == sizeof names / sizeof *names) {
		buf_addf(err, "prints cannot be put in order by '%s'", name);
		return -1;
	}
	if (order->level_count == ORDER_LEVELS_MAX) {
		buf_addf(err, "prints are put in order by at most %d levels",
		    ORDER_LEVELS_MAX);
		return -1;
	}
	order->levels[order->level_count++] = names[i];
	return 0;
}

static void
add_key(struct order *order, const char *text, size_t most)
{
	buf_add(&order->keys, text, strnlen(text, most));
	buf_addc(&order->keys, '\0');
}

struct order_entry *
order_add(struct order *order, const struct node *student, size_t index,
    uint32_t place)
{
	struct order_entry entry = { .index = index, .key = order->keys.len,
	    .place = place };
	const char *text;
	int i;

	entry.group = 0xcbf29ce484222325;
	for (i = 0; i < order->level_count; i++) {
		text = text_of(student, order->levels[i]);
		entry.group = hash_text(entry.group, text);
		add_key(order, text,
		    (size_t)(LEVEL_BYTES / order->level_count));
	}
	add_key(order, text_of(student, "student_no"), NUMBER_BYTES);
	if (order->count == order->room) {
		order->room = order->room > 0 ? 2 * order->room : 256;
		order->entries = xrealloc_array(order->entries, order->room,
		    sizeof *order->entries);
	}
	order->entries[order->count] = entry;
	return &order->entries[order->count++];
}

static int
compare_indexes(const void *a, const void *b)
{
	const struct order_entry *first = a, *second = b;

	return (first->index > second->index) - (first->index < second->index);
}

static int
compare_entries(const void *a, const void *b, void *state)
{
	const struct order_entry *first = a, *second = b;
	const struct order *order = state;
	const char *texts_a = order->keys.data + first->key;
	const char *texts_b = order->keys.data + second->key;
	int i, result;

	if (first->place != second->place)
		return first->place < second->place ? -1 : 1;
	for (i = 0; i <= order->level_count; i++) {
		/* texts that were cut may be of two classes */
		if (i == order->level_count && first->group != second->group)
			return first->group < second->group ? -1 : 1;
		result = order_compare(texts_a, texts_b);
		if (result != 0)
			return result;
		texts_a += strlen(texts_a) + 1;
		texts_b += strlen(texts_b) + 1;
	}
	return compare_indexes(a, b);
}

void
order_sort(struct order *order)
{
	if (order->count > 0)
		qsort_r(order->entries, order->count, sizeof *order->entries,
		    compare_entries, order);
}

int
order_new_class(const struct order *order, size_t i)
{
	return i > 0 && order->entries[i].group != order->entries[i - 1].group;
}

void
order_sort_indexes(struct order *order)
{
	mem_sort(order->entries, order->count, sizeof *order->entries,
	    compare_indexes);
}

struct order_entry *
order_find(const struct order *order, size_t index)
{
	struct order_entry key = { .index = index };

	if (order->count == 0)
		return NULL;
	return bsearch(&key, order->entries, order->count,
	    sizeof *order->entries, compare_indexes);
}

void
order_title(const struct order *order, const struct node *student,
    struct buf *out)
{
	size_t start = out->len;
	const char *text, *before = "";
	int i;

	for (i = 0; i < order->level_count; i++) {
		text = text_of(student, order->levels[i]);
		/* some rosters give a college as its teaching point too */
		if (*text == '\0' || strcmp(text, before) == 0)
			continue;
		if (out->len > start)
			buf_addc(out, ' ');
		buf_adds(out, text);
		before = text;
	}
}

void
order_release(struct order *order)
{
	free(order->entries);
	buf_release(&order->keys);
	*order = (struct order)ORDER_INIT;
}
