#include "lib/base/node.h"

#include <string.h>

#include "lib/base/buf.h"

int
node_same(const struct node *one, const struct node *other)
{
	struct buf first = BUF_INIT, second = BUF_INIT;
	int same;

	if (one == NULL || other == NULL)
		return one == other;
	node_print(one, &first);
	node_print(other, &second);
	same = first.len == second.len && memcmp(first.data, second.data, first.len) == 0;
	buf_release(&first);
	buf_release(&second);
	return same;
}

/* What is taken of one object's members. */
struct differing {
	const struct node *other;
	struct node *names;
	int only_missing;
};

static void
take_name(void *state, const char *name, struct node *value)
{
	struct differing *differing = state;
	const struct node *other = node_get(differing->other, name);

	if (other == NULL || (!differing->only_missing && !node_same(value, other)))
		node_append_text(differing->names, name);
}

struct node *
node_differing(const struct node *now, const struct node *earlier)
{
	struct differing differing = { earlier, node_array(), 0 };

	node_each(now, take_name, &differing);
	differing.other = now;
	differing.only_missing = 1;
	node_each(earlier, take_name, &differing);
	return differing.names;
}
