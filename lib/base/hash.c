#include "lib/base/hash.h"

#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/mem.h"

struct hash {
	struct sha256_ctx sha256;
};

struct hash *
hash_new(void)
{
	struct hash *hash = xmalloc(sizeof *hash);

	sha256_init(&hash->sha256);
	return hash;
}

void
hash_add(struct hash *hash, const void *bytes, size_t len)
{
	sha256_update(&hash->sha256, len, bytes);
}

void
hash_add_text(struct hash *hash, const char *text)
{
	hash_add(hash, text, strlen(text) + 1);
}

void
hash_text(const unsigned char bytes[static HASH_BYTES], char text[static HASH_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < HASH_BYTES; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	text[2 * HASH_BYTES] = '\0';
}

void
hash_so_far(const struct hash *hash, char text[static HASH_TEXT])
{
	struct sha256_ctx sha256 = hash->sha256;
	unsigned char digest[SHA256_DIGEST_SIZE];

	sha256_digest(&sha256, sizeof digest, digest);
	hash_text(digest, text);
}

void
hash_end(struct hash *hash, char text[static HASH_TEXT])
{
	hash_so_far(hash, text);
	free(hash);
}

void
hash_bytes(const void *bytes, size_t len, char text[static HASH_TEXT])
{
	struct hash *hash = hash_new();

	hash_add(hash, bytes, len);
	hash_end(hash, text);
}

int
hash_file(const char *path, char text[static HASH_TEXT], struct buf *err)
{
	enum { PIECE = 1 << 18 };
	struct hash *hash;
	unsigned char *piece;
	ssize_t got;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		fault_system(err, "cannot open '%s'", path);
		return -1;
	}
	hash = hash_new();
	piece = xmalloc(PIECE);
	while ((got = read(fd, piece, PIECE)) > 0)
		hash_add(hash, piece, (size_t)got);
	if (got < 0)
		fault_system(err, "cannot read '%s'", path);
	free(piece);
	close(fd);
	hash_end(hash, text);
	return got < 0 ? -1 : 0;
}

uint64_t
hash_word(const char *text, size_t len)
{
	char digits[17] = "";

	if (text == NULL || strlen(text) < len)
		return 0;
	memcpy(digits, text, len);
	return strtoull(digits, NULL, 16);
}
