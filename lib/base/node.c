#include "lib/base/node.h"

#include <jansson.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"

/* struct node is never defined: a node is a json_t. */
static json_t *
json(const struct node *node)
{
	return (json_t *)(uintptr_t)node;
}

static struct node *
node(json_t *value)
{
	return (struct node *)value;
}

static struct node *
made(json_t *value)
{
	if (value == NULL)
		msg_die("out of memory, or text that is not UTF-8");
	return node(value);
}

static int
too_deep(const json_t *value, int depth)
{
	const char *name;
	json_t *child;
	size_t i;

	if (depth > NODE_DEPTH_MAX)
		return 1;
	if (json_is_object(value)) {
		json_object_foreach((json_t *)(uintptr_t)value, name, child)
			if (too_deep(child, depth + 1))
				return 1;
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, child)
			if (too_deep(child, depth + 1))
				return 1;
	}
	return 0;
}

struct node *
node_parse(const char *text, size_t len, struct buf *err)
{
	json_error_t error;
	json_t *value;

	value = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	if (value == NULL) {
		buf_addf(err, "not JSON at byte %d: %s", error.position, error.text);
		return NULL;
	}
	if (too_deep(value, 0)) {
		json_decref(value);
		buf_adds(err, "JSON nested too deeply");
		return NULL;
	}
	return node(value);
}

struct node *
node_object(void)
{
	return made(json_object());
}

struct node *
node_array(void)
{
	return made(json_array());
}

struct node *
node_string(const char *text)
{
	return made(json_string(text));
}

static double
rounded(double value, int decimals)
{
	double unit = pow(10, decimals);
	double result = round(value * unit) / unit;

	return result == 0 ? 0 : result;	/* no -0.0 */
}

struct node *
node_number(double value, int decimals)
{
	return made(isfinite(value) ? json_real(rounded(value, decimals)) : json_null());
}

struct node *
node_copy(const struct node *value)
{
	return made(json_deep_copy(json(value)));
}

void
node_free(struct node *root)
{
	json_decref(json(root));
}

static int
append(const char *bytes, size_t len, void *out)
{
	buf_add(out, bytes, len);
	return 0;
}

void
node_print(const struct node *value, struct buf *out)
{
	json_dump_callback(json(value), append, out,
	    JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
}

struct node *
node_get(const struct node *object, const char *name)
{
	return node(json_object_get(json(object), name));
}

const char *
node_text(const struct node *object, const char *name)
{
	return json_string_value(json_object_get(json(object), name));
}

long long
node_integer(const struct node *object, const char *name, long long fallback)
{
	json_t *value = json_object_get(json(object), name);

	return json_is_integer(value) ? json_integer_value(value) : fallback;
}

double
node_real(const struct node *object, const char *name, double fallback)
{
	json_t *value = json_object_get(json(object), name);

	return json_is_number(value) ? json_number_value(value) : fallback;
}

int
node_true(const struct node *object, const char *name)
{
	return json_is_true(json_object_get(json(object), name));
}

int
node_is_number(const struct node *value)
{
	return json_is_number(json(value));
}

int
node_is_object(const struct node *value)
{
	return json_is_object(json(value));
}

void
node_each(const struct node *object,
    void (*visit)(void *state, const char *name, struct node *value), void *state)
{
	const char *name;
	json_t *value;

	json_object_foreach(json(object), name, value)
		visit(state, name, node(value));
}

struct node *
node_set(struct node *object, const char *name, struct node *value)
{
	if (value == NULL)
		value = node(json_null());
	if (json_object_set_new(json(object), name, json(value)) != 0)
		msg_die("out of memory, or text that is not UTF-8");
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
	node_set(object, name, made(json_integer(value)));
}

void
node_set_real(struct node *object, const char *name, double value, int decimals)
{
	node_set(object, name, node_number(value, decimals));
}

void
node_set_flag(struct node *object, const char *name, int value)
{
	node_set(object, name, node(json_boolean(value)));
}

void
node_remove(struct node *object, const char *name)
{
	json_object_del(json(object), name);
}

size_t
node_count(const struct node *array)
{
	return json_array_size(json(array));
}

struct node *
node_at(const struct node *array, size_t index)
{
	return node(json_array_get(json(array), index));
}

double
node_real_at(const struct node *array, size_t index, double fallback)
{
	json_t *value = json_array_get(json(array), index);

	return json_is_number(value) ? json_number_value(value) : fallback;
}

const char *
node_text_at(const struct node *array, size_t index)
{
	return json_string_value(json_array_get(json(array), index));
}

struct node *
node_append(struct node *array, struct node *item)
{
	if (json_array_append_new(json(array), json(item)) != 0)
		msg_die("out of memory");
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
	node_append(array, node(json_stringn_nocheck(text, strlen(text))));
}

void
node_remove_at(struct node *array, size_t index)
{
	json_array_remove(json(array), index);
}
