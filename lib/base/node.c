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

static struct node *
string_node(const char *text)
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

struct node *
node_copy(const struct node *node)
{
	struct buf text = BUF_INIT, err = BUF_INIT;
	struct node *copy;

	if (node == NULL)
		return NULL;
	node_print(node, &text);
	copy = node_parse(text.data, text.len, &err);
	if (copy == NULL)
		msg_die("%s", err.data);
	buf_release(&text);
	buf_release(&err);
	return copy;
}

/* ---- members ---- */

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

int
node_text_is(const struct node *object, const char *name, const char *text)
{
	const char *value = node_text(object, name);

	return value != NULL && strcmp(value, text) == 0;
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

static int
is_number(const struct node *node)
{
	return is(node, NODE_INTEGER) || is(node, NODE_REAL);
}

static double
real_of(const struct node *value, double fallback)
{
	double number = is_number(value) ? strtod(value->text, NULL) : fallback;

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
		node_replace(object, before(object, old), old, value);
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
		node_set(object, name, string_node(text));
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
		node_replace(object, before(object, old), old, NULL);
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
	node_append(array, string_node(text));
}

void
node_remove_at(struct node *array, size_t index)
{
	struct node *old = node_at(array, index);

	if (old != NULL)
		node_replace(array, before(array, old), old, NULL);
}
