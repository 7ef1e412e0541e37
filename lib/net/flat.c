#include "lib/net/flat.h"

uint32_t
flat_number(struct flat *flat, size_t at, int bytes)
{
	uint32_t value = 0;
	int i;

	if (at > flat->len || flat->len - at < (size_t)bytes) {
		flat->bad = 1;
		return 0;
	}
	for (i = bytes; i-- > 0;)
		value = value << 8 | flat->bytes[at + (size_t)i];
	return value;
}

static size_t
follow(struct flat *flat, size_t at)
{
	return at == 0 ? 0 : at + flat_number(flat, at, 4);
}

size_t
flat_root(struct flat *flat)
{
	return flat_number(flat, 0, 4);
}

static size_t
field(struct flat *flat, size_t table, int which)
{
	size_t directory, place = 4 + 2 * (size_t)which;
	uint32_t offset;
	int64_t at;

	if (table == 0)
		return 0;
	at = (int64_t)table - (int32_t)flat_number(flat, table, 4);
	if (at < 0 || (uint64_t)at > flat->len) {
		flat->bad = 1;
		return 0;
	}
	directory = (size_t)at;
	if (place + 2 > flat_number(flat, directory, 2))
		return 0;
	offset = flat_number(flat, directory + place, 2);
	return offset == 0 ? 0 : table + offset;
}

int
flat_integer(struct flat *flat, size_t table, int which, int missing)
{
	size_t at = field(flat, table, which);

	return at == 0 ? missing : (int32_t)flat_number(flat, at, 4);
}

int
flat_byte(struct flat *flat, size_t table, int which)
{
	size_t at = field(flat, table, which);

	return at == 0 ? 0 : (int)flat_number(flat, at, 1);
}

size_t
flat_table(struct flat *flat, size_t table, int which)
{
	return follow(flat, field(flat, table, which));
}

size_t
flat_vector(struct flat *flat, size_t table, int which, size_t element, size_t *count)
{
	size_t at = flat_table(flat, table, which);

	*count = at == 0 ? 0 : flat_number(flat, at, 4);
	if (*count > 0 && *count > (flat->len - at - 4) / element) {
		flat->bad = 1;
		*count = 0;
	}
	return at == 0 ? 0 : at + 4;
}

size_t
flat_element(struct flat *flat, size_t first, size_t index)
{
	return follow(flat, first + 4 * index);
}
