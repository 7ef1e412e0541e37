#include "lib/base/node.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node_parts.h"
#include "lib/base/text.h"

enum { INDEX_FROM = 16 };	/* members: fewer are compared in turn */

static struct node *
writable(const struct node *node)
{
	return (struct node *)(uintptr_t)node;
}

static int
is(const struct node *node, enum node_kind kind)
{
	return node != NULL && node->kind == kind;
}

/* ---- making and freeing ---- */

static struct node *
make(enum node_kind kind, const char *text)
{
	size_t len = text != NULL ? strlen(text) + 1 : 0;
	struct node *node = xmalloc(sizeof *node + len);

	memset(node, 0, sizeof *node);
	node->kind = (unsigned char)kind;
	if (text != NULL)
		node->text = memcpy(node + 1, text, len);
	return node;
}

struct node *
node_object(void)
{
	return make(NODE_OBJECT, NULL);
}

struct node *
node_array(void)
{
	return make(NODE_ARRAY, NULL);
}

static void
check_text(const char *text)
{
	if (text == NULL || !text_is_utf8(text, strlen(text)))
		msg_die("text that is not UTF-8");
}

struct node *
node_string(const char *text)
{
	check_text(text);
	return make(NODE_STRING, text);
}

struct node *
node_number(double value, int decimals)
{
	char text[NODE_NUMBER_MAX];

	if (!isfinite(value))
		return make(NODE_NULL, NULL);
	node_print_real(value, decimals, text);
	return make(NODE_REAL, text);
}

static void
drop(struct node *node)
{
	struct block *blocks = node->blocks;
	struct node *child, *next;

	for (child = node->first; child != NULL; child = next) {
		next = child->next;
		drop(child);
	}
	free(node->index);
	if (node->own_name)
		free(writable((const struct node *)node->name));
	if (!node->in_block)
		free(node);
	if (blocks != NULL)
		node_free_blocks(blocks);
}

void
node_free(struct node *root)
{
	if (root != NULL)
		drop(root);
}

struct node *
node_copy(const struct node *node)
{
	struct buf text = BUF_INIT, err = BUF_INIT;
	struct node *copy;

	node_print(node, &text);
	copy = node_parse(text.data, text.len, &err);
	if (copy == NULL)
		msg_die("%s", err.data);
	buf_release(&text);
	buf_release(&err);
	return copy;
}

/* ---- members ---- */

static size_t
hash_of(const char *name)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
	return (size_t)(hash ^ hash >> 32);
}

/* Where the member of that name is in the index, or would be. */
static struct node **
place_of(const struct node *object, const char *name)
{
	size_t place = hash_of(name);

	for (;; place++) {
		place &= object->index_size - 1;
		if (object->index[place] == NULL ||
		    strcmp(object->index[place]->name, name) == 0)
			return &object->index[place];
	}
}

static void
make_index(struct node *object)
{
	struct node *child;

	free(object->index);
	for (object->index_size = 4 * INDEX_FROM;
	    object->index_size < 4 * object->count; object->index_size *= 2)
		;
	object->index = xcalloc(object->index_size, sizeof(struct node *));
	for (child = object->first; child != NULL; child = child->next)
		*place_of(object, child->name) = child;
}

static void
forget_index(struct node *parent)
{
	free(parent->index);
	parent->index = NULL;
}

struct node *
node_find(const struct node *object, const char *name)
{
	struct node *child;

	if (object->count >= INDEX_FROM) {
		if (object->index == NULL || 2 * object->count > object->index_size)
			make_index(writable(object));
		return *place_of(object, name);
	}
	for (child = object->first; child != NULL; child = child->next)
		if (*child->name == *name && strcmp(child->name, name) == 0)
			return child;
	return NULL;
}

void
node_attach(struct node *parent, struct node *child)
{
	child->next = NULL;
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	parent->count++;
	if (parent->index != NULL)
		*place_of(parent, child->name) = child;
}

struct node *
node_get(const struct node *object, const char *name)
{
	return is(object, NODE_OBJECT) ? node_find(object, name) : NULL;
}

const char *
node_text(const struct node *object, const char *name)
{
	const struct node *value = node_get(object, name);

	return is(value, NODE_STRING) ? value->text : NULL;
}

long long
node_integer(const struct node *object, const char *name, long long fallback)
{
	const struct node *value = node_get(object, name);
	long long number;

	if (!is(value, NODE_INTEGER))
		return fallback;
	errno = 0;
	number = strtoll(value->text, NULL, 10);
	return errno == 0 ? number : fallback;
}

static double
real_of(const struct node *value, double fallback)
{
	double number = node_is_number(value) ? strtod(value->text, NULL) : fallback;

	return isfinite(number) ? number : fallback;
}

double
node_real(const struct node *object, const char *name, double fallback)
{
	return real_of(node_get(object, name), fallback);
}

int
node_true(const struct node *object, const char *name)
{
	return is(node_get(object, name), NODE_TRUE);
}

int
node_is_number(const struct node *node)
{
	return is(node, NODE_INTEGER) || is(node, NODE_REAL);
}

int
node_is_object(const struct node *node)
{
	return is(node, NODE_OBJECT);
}

void
node_each(const struct node *object,
    void (*visit)(void *state, const char *name, struct node *value), void *state)
{
	struct node *child, *next;

	for (child = is(object, NODE_OBJECT) ? object->first : NULL; child != NULL;
	    child = next) {
		next = child->next;
		visit(state, child->name, child);
	}
}

/* Take child, which follows before (NULL: the first), out of parent and put value (or
 * NULL) there. */
static void
replace(struct node *parent, struct node *before, struct node *child,
    struct node *value)
{
	struct node *next = child->next, *now = value != NULL ? value : next;

	if (value != NULL)
		value->next = next;
	else
		parent->count--;
	if (before != NULL)
		before->next = now;
	else
		parent->first = now;
	if (next == NULL)
		parent->last = value != NULL ? value : before;
	if (value != NULL && parent->index != NULL)
		*place_of(parent, value->name) = value;
	else
		forget_index(parent);
	parent->at_node = NULL;
	drop(child);
}

static struct node *
before(const struct node *parent, const struct node *child)
{
	struct node *at = parent->first;

	if (at == child)
		return NULL;
	while (at->next != child)
		at = at->next;
	return at;
}

struct node *
node_set(struct node *object, const char *name, struct node *value)
{
	struct node *old = node_get(object, name);

	if (!is(object, NODE_OBJECT))
		msg_die("a member of what is no object");
	check_text(name);
	if (value == NULL)
		value = make(NODE_NULL, NULL);
	value->name = xstrdup(name);
	value->own_name = 1;
	if (old != NULL)
		replace(object, before(object, old), old, value);
	else
		node_attach(object, value);
	return value;
}

void
node_set_text(struct node *object, const char *name, const char *text)
{
	if (text == NULL)
		node_remove(object, name);
	else
		node_set(object, name, node_string(text));
}

void
node_set_integer(struct node *object, const char *name, long long value)
{
	char text[NODE_NUMBER_MAX];

	snprintf(text, sizeof text, "%lld", value);
	node_set(object, name, make(NODE_INTEGER, text));
}

void
node_set_real(struct node *object, const char *name, double value, int decimals)
{
	node_set(object, name, node_number(value, decimals));
}

void
node_set_flag(struct node *object, const char *name, int value)
{
	node_set(object, name, make(value ? NODE_TRUE : NODE_FALSE, NULL));
}

void
node_remove(struct node *object, const char *name)
{
	struct node *old = node_get(object, name);

	if (old != NULL)
		replace(object, before(object, old), old, NULL);
}

/* ---- items ---- */

size_t
node_count(const struct node *array)
{
	return is(array, NODE_ARRAY) ? array->count : 0;
}

/* Items are asked for in turn: the search goes on from the last one. */
struct node *
node_at(const struct node *array, size_t index)
{
	struct node *cursor = writable(array);

	if (index >= node_count(array))
		return NULL;
	if (cursor->at_node == NULL || index < cursor->at) {
		cursor->at = 0;
		cursor->at_node = cursor->first;
	}
	for (; cursor->at < index; cursor->at++)
		cursor->at_node = cursor->at_node->next;
	return cursor->at_node;
}

double
node_real_at(const struct node *array, size_t index, double fallback)
{
	return real_of(node_at(array, index), fallback);
}

const char *
node_text_at(const struct node *array, size_t index)
{
	const struct node *item = node_at(array, index);

	return is(item, NODE_STRING) ? item->text : NULL;
}

struct node *
node_append(struct node *array, struct node *item)
{
	if (!is(array, NODE_ARRAY))
		msg_die("an item of what is no array");
	node_attach(array, item);
	return item;
}

void
node_append_real(struct node *array, double value, int decimals)
{
	node_append(array, node_number(value, decimals));
}

void
node_append_text(struct node *array, const char *text)
{
	node_append(array, node_string(text));
}

void
node_remove_at(struct node *array, size_t index)
{
	struct node *old = node_at(array, index);

	if (old != NULL)
		replace(array, before(array, old), old, NULL);
}
