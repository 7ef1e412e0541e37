#include "lib/net/flex.h"

#include <stdint.h>
#include <string.h>

/* FlexBuffers' kinds, in the upper six bits of a type; the lower two are the width. */
enum { KIND_INTEGER = 1, KIND_UNSIGNED = 2, KIND_REAL = 3, KIND_MAP = 9, KIND_LIST = 11,
    KIND_LIST_UNSIGNED = 12 };

struct flex {
	const unsigned char *bytes;
	size_t len;
};

/* One value: where it stands, of how many bytes, and of what type. */
struct value {
	size_t at, width;
	int type;
};

static int
kind_of(const struct value *value)
{
	return value->type >> 2;
}

/* 0 too where the place is outside. */
static uint64_t
number_at(const struct flex *flex, size_t at, size_t width)
{
	uint64_t number = 0;
	size_t i;

	if (at > flex->len || width > 8 || flex->len - at < width)
		return 0;
	for (i = width; i-- > 0;)
		number = number << 8 | flex->bytes[at + i];
	return number;
}

/* The place that an offset, which counts backwards, stands for; 0 where it is outside. */
static size_t
follow(const struct flex *flex, size_t at, size_t width)
{
	uint64_t back = number_at(flex, at, width);

	return back > at ? 0 : at - (size_t)back;
}

static int
root_of(const struct flex *flex, struct value *root)
{
	size_t width = flex->len > 2 ? flex->bytes[flex->len - 1] : 0;

	if (width < 1 || width > 8 || width + 2 > flex->len)
		return -1;
	root->width = width;
	root->type = flex->bytes[flex->len - 2];
	root->at = flex->len - 2 - width;
	return 0;
}

static int
is_name(const struct flex *flex, size_t at, const char *name)
{
	size_t len = strlen(name) + 1;

	return at < flex->len && flex->len - at >= len &&
	    memcmp(flex->bytes + at, name, len) == 0;
}

/* The value under name in the map that is the root. */
static int
find(const struct flex *flex, const char *name, struct value *found)
{
	size_t map, width, count, keys, key_width, i;
	struct value root;

	if (root_of(flex, &root) != 0 || kind_of(&root) != KIND_MAP)
		return -1;
	map = follow(flex, root.at, root.width);
	width = (size_t)1 << (root.type & 3);
	if (map < 3 * width)
		return -1;
	count = (size_t)number_at(flex, map - width, width);
	keys = follow(flex, map - 3 * width, width);
	key_width = (size_t)number_at(flex, map - 2 * width, width);
	if (key_width < 1 || key_width > 8 || count > flex->len / (width + 1) ||
	    flex->len - map < count * (width + 1))
		return -1;
	for (i = 0; i < count; i++)
		if (is_name(flex, follow(flex, keys + i * key_width, key_width), name)) {
			*found = (struct value){ map + i * width, width,
			    flex->bytes[map + count * width + i] };
			return 0;
		}
	return -1;
}

double
flex_number(const unsigned char *bytes, size_t len, const char *name, double missing)
{
	struct flex flex = { bytes, len };
	struct value value;
	uint32_t bits;
	float real;

	if (find(&flex, name, &value) != 0)
		return missing;
	if (kind_of(&value) == KIND_INTEGER || kind_of(&value) == KIND_UNSIGNED)
		return (double)number_at(&flex, value.at, value.width);
	if (kind_of(&value) != KIND_REAL || value.width != sizeof bits)
		return missing;
	bits = (uint32_t)number_at(&flex, value.at, value.width);
	memcpy(&real, &bits, sizeof real);
	return (double)real;
}

size_t
flex_list(const unsigned char *bytes, size_t len, const char *name, int *values, size_t max)
{
	struct flex flex = { bytes, len };
	struct value value;
	size_t list, width, count, i;

	if (find(&flex, name, &value) != 0 || (kind_of(&value) != KIND_LIST &&
	    kind_of(&value) != KIND_LIST_UNSIGNED))
		return 0;
	list = follow(&flex, value.at, value.width);
	width = (size_t)1 << (value.type & 3);
	count = list < width ? 0 : (size_t)number_at(&flex, list - width, width);
	if (count > (len - list) / width)
		return 0;
	for (i = 0; i < count && i < max; i++)
		values[i] = (int)(number_at(&flex, list + i * width, width) & 0xffff);
	return count;
}
