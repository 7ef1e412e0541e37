#ifndef TC_HASH_H
#define TC_HASH_H
/*
 * hash: SHA-256 of bytes, as lower-case hexadecimal text.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

struct buf;

enum {
	HASH_BYTES = 32,
	HASH_TEXT = 64 + 1	/* characters and NUL */
};

void hash_bytes(const void *bytes, size_t len, char text[static HASH_TEXT]);
/* Of a file's content.  0, or -1 with the reason. */
int hash_file(const char *path, char text[static HASH_TEXT], struct buf *err);

/* In pieces: hash_new, hash_add..., hash_end (frees, writes text). */
struct hash;
struct hash *hash_new(void);
void hash_add(struct hash *hash, const void *bytes, size_t len);
/* Add a string and its length, so that ("ab","c") and ("a","bc") differ. */
void hash_add_text(struct hash *hash, const char *text);
void hash_end(struct hash *hash, char text[static HASH_TEXT]);
/* Of what was added so far; more may be added. */
void hash_so_far(const struct hash *hash, char text[static HASH_TEXT]);

/* A sum's bytes as text. */
void hash_text(const unsigned char bytes[static HASH_BYTES],
    char text[static HASH_TEXT]);

/* The first len (at most 16) hexadecimal digits of text as a number; 0 when it is NULL
 * or shorter. */
uint64_t hash_word(const char *text, size_t len);

#endif
