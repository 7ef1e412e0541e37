#include "lib/stream/census.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"

enum { NUMBER_MAX = 1 << 27, ROOM_LEAST = 1 << 10 };

void
census_begin(struct census *census, const char *batch)
{
	struct buf prefix = BUF_INIT;

	memset(census, 0, sizeof *census);
	buf_addf(&prefix, "%s-", batch);
	census->prefix = buf_detach(&prefix);
	census->ids = hash_new();
}

void
census_release(struct census *census)
{
	char ignored[HASH_TEXT];

	if (census->ids != NULL)
		hash_end(census->ids, ignored);
	free(census->prefix);
	free(census->seen);
	memset(census, 0, sizeof *census);
}

/* N of BATCH-N, 0 when it is none. */
static long
number_of(const struct census *census, const char *id)
{
	size_t len = strlen(census->prefix);
	char *end;
	long number;

	if (id == NULL || strncmp(id, census->prefix, len) != 0 || id[len] < '1' ||
	    id[len] > '9')
		return 0;
	number = strtol(id + len, &end, 10);
	return *end == '\0' && number < NUMBER_MAX ? number : 0;
}

/* Whether the number was there before; it is now. */
static int
is_again(struct census *census, long number)
{
	size_t byte = (size_t)number / 8, room = census->room;
	unsigned char bit = (unsigned char)(1 << number % 8);
	int again;

	if (byte >= room) {
		room = room < ROOM_LEAST ? ROOM_LEAST : room;
		while (byte >= room)
			room *= 2;
		census->seen = xrealloc_array(census->seen, room, 1);
		memset(census->seen + census->room, 0, room - census->room);
		census->room = room;
	}
	again = (census->seen[byte] & bit) != 0;
	census->seen[byte] |= bit;
	return again;
}

int
census_add(struct census *census, const struct node *record, struct buf *err)
{
	const char *type = node_text(record, "type"), *id = node_text(record, "id");
	long number;

	census->records++;
	if (type == NULL || strcmp(type, "photo") != 0)
		return 0;
	number = number_of(census, id);
	if (number == 0) {
		buf_addf(err, "record '%s' is not one of batch '%.*s'",
		    id != NULL ? id : "", (int)strlen(census->prefix) - 1, census->prefix);
		return -1;
	}
	if (is_again(census, number)) {
		buf_addf(err, "record '%s' stands there twice", id);
		return -1;
	}
	id += strlen(census->prefix);
	hash_add(census->ids, id, strlen(id));
	hash_add(census->ids, "\n", 1);
	return 0;
}

void
census_set(const struct census *census, struct node *end)
{
	char sum[HASH_TEXT];

	hash_so_far(census->ids, sum);
	node_set_text(end, "ids", sum);
}

static void
find_negative(void *state, const char *name, struct node *value)
{
	const char **negative = state;
	struct node *holder = node_object();

	node_set(holder, name, node_copy(value));
	if (node_integer(holder, name, 0) < 0)
		*negative = name;
	if (node_is_object(value))
		node_each(value, find_negative, state);
	node_free(holder);
}

int
census_compare(const struct census *census, const struct node *end, struct buf *err)
{
	long long said = node_integer(end, "records", -1);
	const char *ids = node_text(end, "ids"), *negative = NULL;
	char sum[HASH_TEXT];

	node_each(end, find_negative, &negative);
	if (negative != NULL || said < 0) {
		buf_addf(err, "`end` is damaged: its count '%s' is not valid",
		    negative != NULL ? negative : "records");
		return -1;
	}
	if (said != census->records) {
		buf_addf(err, "%ld records, but `end` says %lld; --subset accepts a part of "
		    "a manifest", census->records, said);
		return 0;
	}
	hash_so_far(census->ids, sum);
	if (ids == NULL || census->lost > 0 || strcmp(ids, sum) == 0)
		return 1;
	buf_adds(err, "other records than `end` was written for; --subset accepts a part of a "
	    "manifest");
	return 0;
}
