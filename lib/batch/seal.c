#include "lib/batch/seal.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"

struct seal {
	struct hash *hash;
};

static void
print(const char *hash, struct buf *line)
{
	buf_addf(line, "{\"sha256\":\"%s\"}\n", hash);
}

/* Whether it is one object on one line. */
static int
is_object(const struct buf *bytes)
{
	return bytes->len > 2 && bytes->data[0] == '{' &&
	    memcmp(bytes->data + bytes->len - 2, "}\n", 2) == 0 &&
	    memchr(bytes->data, '\n', bytes->len) == bytes->data + bytes->len - 1;
}

/* How so many bytes go on: the last line, or the last member of an object. */
static void
add_end(const char *bytes, size_t len, int as_member, struct buf *end)
{
	char hash[HASH_TEXT];

	hash_bytes(bytes, len, hash);
	if (!as_member)
		print(hash, end);
	else
		buf_addf(end, "%s\"sha256\":\"%s\"}\n", bytes[len - 1] == '{' ? "" : ",",
		    hash);
}

void
seal_add(struct buf *bytes)
{
	struct buf end = BUF_INIT;
	int as_member = is_object(bytes);

	if (as_member)
		bytes->len -= 2;
	add_end(bytes->data, bytes->len, as_member, &end);
	buf_add(bytes, end.data, end.len);
	buf_release(&end);
}

/* Whether the bytes are so many and what add_end makes of them. */
static int
ends(const struct buf *bytes, size_t len, int as_member)
{
	struct buf end = BUF_INIT;
	int is;

	add_end(bytes->data, len, as_member, &end);
	is = bytes->len == len + end.len &&
	    memcmp(bytes->data + len, end.data, end.len) == 0;
	buf_release(&end);
	return is;
}

int
seal_take(struct buf *bytes)
{
	static const char member[] = "\"sha256\":\"";
	size_t tail = sizeof member - 1 + HASH_TEXT - 1 + 3, len;

	if (bytes->len >= SEAL_BYTES && ends(bytes, bytes->len - SEAL_BYTES, 0)) {
		bytes->len -= SEAL_BYTES;
	} else {
		if (bytes->len < tail + 1)
			return -1;
		len = bytes->len - tail;
		len -= len > 1 && bytes->data[len - 1] == ',';
		if (!ends(bytes, len, 1))
			return -1;
		bytes->len = len;
		buf_adds(bytes, "}\n");
	}
	bytes->data[bytes->len] = '\0';
	return 0;
}

struct seal *
seal_new(void)
{
	struct seal *seal = xmalloc(sizeof *seal);

	seal->hash = hash_new();
	return seal;
}

void
seal_free(struct seal *seal)
{
	char ignored[HASH_TEXT];

	if (seal == NULL)
		return;
	hash_end(seal->hash, ignored);
	free(seal);
}

void
seal_bytes(struct seal *seal, const void *bytes, size_t len)
{
	hash_add(seal->hash, bytes, len);
}

void
seal_line(struct seal *seal, const char *line, size_t len)
{
	hash_add(seal->hash, line, len);
	hash_add(seal->hash, "\n", 1);
}

void
seal_end(const struct seal *seal, struct buf *out)
{
	char hash[HASH_TEXT];

	hash_so_far(seal->hash, hash);
	print(hash, out);
}

int
seal_is(const struct seal *seal, const char *line, size_t len)
{
	struct buf wanted = BUF_INIT;
	int same = 0;

	if (len == SEAL_BYTES - 1) {
		seal_end(seal, &wanted);
		same = memcmp(wanted.data, line, len) == 0;
	}
	buf_release(&wanted);
	return same;
}
