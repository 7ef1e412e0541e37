#include "lib/check/likenessindex.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"

static const char magic[8] = "tclike\1";

enum {
	HEAD = sizeof magic + 8,
	AT_HASH = HASH_BYTES / 2,
	AT_PERSON = AT_HASH + 8,
	AT_RECORD = AT_PERSON + 2,
	AT_SMALL = AT_RECORD + LIKENESSINDEX_ID_MAX,
	ENTRY = AT_SMALL + LIKENESS_SMALL_BYTES,
	PIECE = 1 << 16
};

/* ---- in memory ---- */

/* Who a photo's student is, 0 when it has none: the same number for rows with the same
 * identity number; without one with the same name and date of birth; without these
 * with the same student number of the same school. */
static uint64_t
person_of(const struct node *photo)
{
	struct node *student = node_get(photo, "student");
	const char *number = node_text(student, "id_number");
	const char *name = node_text(student, "name");
	const char *birth = node_text(student, "birth_date");
	const char *school = node_text(student, "school_code");
	const char *student_no = node_text(student, "student_no");
	struct buf text = BUF_INIT;
	char hash[HASH_TEXT];

	if (student == NULL)
		return 0;
	if (number != NULL)
		buf_addf(&text, "1 %s", number);
	else if (name != NULL && birth != NULL && strchr(name, '*') == NULL)
		buf_addf(&text, "2 %s %s", name, birth);
	else if (school != NULL && student_no != NULL)
		buf_addf(&text, "3 %s %s", school, student_no);
	else
		buf_addf(&text, "4 %s", node_text(photo, "id"));
	hash_bytes(text.data, text.len, hash);
	buf_release(&text);
	return hash_word(hash, 16) | 1;
}

void
likenessindex(const struct node *photo, struct remembered *remembered)
{
	const char *sha256 = node_text(node_get(photo, "source"), "sha256");
	const struct node *image = node_get(photo, "image");
	size_t i;

	memset(remembered, 0, sizeof *remembered);
	if (sha256 == NULL || strlen(sha256) != HASH_TEXT - 1)
		return;
	remembered->person = person_of(photo);
	if (remembered->person == 0)
		return;
	for (i = 0; i < HASH_BYTES; i++)
		remembered->sum[i] = (unsigned char)hash_word(sha256 + 2 * i, 2);
	if (likeness_small_parse(node_text(image, "likeness"), remembered->small))
		remembered->hash = hash_word(node_text(image, "phash"), 16);
}

/* ---- entries ---- */

uint16_t
likenessindex_short(uint64_t person)
{
	return (uint16_t)(person >> 48);
}

int
likenessindex_entry(const struct node *photo, struct likenessindex_entry *entry)
{
	const char *id = node_text(photo, "id");
	struct remembered remembered;

	likenessindex(photo, &remembered);
	if (id == NULL || remembered.person == 0)
		return 0;
	memset(entry, 0, sizeof *entry);
	memcpy(entry->sum, remembered.sum, sizeof entry->sum);
	entry->hash = remembered.hash;
	entry->person = likenessindex_short(remembered.person);
	memcpy(entry->record, id, strnlen(id, LIKENESSINDEX_ID_MAX));
	memcpy(entry->small, remembered.small, sizeof entry->small);
	return 1;
}

static void
put_number(uint64_t number, size_t bytes, unsigned char *out)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		out[i] = (unsigned char)(number >> 8 * i);
}

static uint64_t
get_number(const unsigned char *in, size_t bytes)
{
	uint64_t number = 0;
	size_t i;

	for (i = 0; i < bytes; i++)
		number |= (uint64_t)in[i] << 8 * i;
	return number;
}

static void
pack(const struct likenessindex_entry *entry, unsigned char packed[static ENTRY])
{
	memcpy(packed, entry->sum, sizeof entry->sum);
	put_number(entry->hash, 8, packed + AT_HASH);
	put_number(entry->person, 2, packed + AT_PERSON);
	memcpy(packed + AT_RECORD, entry->record, LIKENESSINDEX_ID_MAX);
	memcpy(packed + AT_SMALL, entry->small, sizeof entry->small);
}

static void
unpack(const unsigned char packed[static ENTRY], struct likenessindex_entry *entry)
{
	memset(entry, 0, sizeof *entry);
	memcpy(entry->sum, packed, sizeof entry->sum);
	entry->hash = get_number(packed + AT_HASH, 8);
	entry->person = (uint16_t)get_number(packed + AT_PERSON, 2);
	memcpy(entry->record, packed + AT_RECORD, LIKENESSINDEX_ID_MAX);
	memcpy(entry->small, packed + AT_SMALL, sizeof entry->small);
}

/* ---- writing ---- */

static int
put(FILE *file, const void *bytes, size_t len, struct buf *err)
{
	if (fwrite(bytes, 1, len, file) == len)
		return 0;
	fault_own_system(err, "cannot write the index");
	return -1;
}

static void
make_head(uint64_t count, unsigned char head[static HEAD])
{
	memcpy(head, magic, sizeof magic);
	put_number(count, 8, head + sizeof magic);
}

/* The number of photos is known last, and is hashed last. */
int
likenessindex_begin(struct likenessindex_index *index, FILE *file, struct buf *err)
{
	unsigned char head[HEAD];

	*index = (struct likenessindex_index){ .file = file, .hash = hash_new() };
	make_head(0, head);
	return put(file, head, sizeof head, err);
}

int
likenessindex_add(struct likenessindex_index *index, const struct likenessindex_entry *entry,
    struct buf *err)
{
	unsigned char packed[ENTRY];

	pack(entry, packed);
	index->count++;
	hash_add(index->hash, packed, sizeof packed);
	return put(index->file, packed, sizeof packed, err);
}

int
likenessindex_end(struct likenessindex_index *index, struct buf *err)
{
	unsigned char head[HEAD];
	char text[HASH_TEXT];

	make_head(index->count, head);
	hash_add(index->hash, head, sizeof head);
	hash_end(index->hash, text);
	index->hash = NULL;
	if (put(index->file, text, sizeof text - 1, err) != 0)
		return -1;
	if (fseeko(index->file, 0, SEEK_SET) == 0) {
		if (put(index->file, head, sizeof head, err) != 0)
			return -1;
		if (fflush(index->file) == 0 && !ferror(index->file))
			return 0;
	}
	fault_own_system(err, "cannot write the index");
	return -1;
}

void
likenessindex_abandon(struct likenessindex_index *index)
{
	char ignored[HASH_TEXT];

	if (index->hash != NULL)
		hash_end(index->hash, ignored);
	index->hash = NULL;
}

/* ---- reading ---- */

int
likenessindex_is(FILE *file)
{
	char head[sizeof magic] = "";
	size_t got = fread(head, 1, sizeof head, file);

	rewind(file);
	return got == sizeof head && memcmp(head, magic, sizeof magic) == 0;
}

/* Whether count entries follow, and then the sum of them and the head. */
static int
is_whole(FILE *file, const unsigned char head[static HEAD], uint64_t count)
{
	struct hash *hash = hash_new();
	unsigned char *piece = xmalloc(PIECE * (size_t)ENTRY);
	char text[HASH_TEXT], said[HASH_TEXT] = "";
	size_t got = 1, wanted;

	for (; count > 0 && got > 0; count -= got) {
		wanted = count < PIECE ? (size_t)count : PIECE;
		got = fread(piece, ENTRY, wanted, file);
		hash_add(hash, piece, got * ENTRY);
	}
	hash_add(hash, head, HEAD);
	hash_end(hash, text);
	free(piece);
	return count == 0 && fread(said, 1, HASH_TEXT - 1, file) == HASH_TEXT - 1 &&
	    strcmp(said, text) == 0 && fgetc(file) == EOF;
}

int
likenessindex_open(struct likenessindex_index *index, FILE *file, struct buf *err)
{
	unsigned char head[HEAD];

	*index = (struct likenessindex_index){ .file = file };
	if (fread(head, 1, sizeof head, file) == sizeof head &&
	    memcmp(head, magic, sizeof magic) == 0) {
		index->count = get_number(head + sizeof magic, 8);
		if (is_whole(file, head, index->count))
			return 0;
	}
	if (ferror(file))
		fault_own_system(err, "it cannot be read");
	else
		buf_adds(err, "it is cut or damaged");
	return -1;
}

long
likenessindex_read(const struct likenessindex_index *index, uint64_t first,
    struct likenessindex_entry *entries, size_t room, struct buf *err)
{
	unsigned char packed[ENTRY];
	uint64_t left = first < index->count ? index->count - first : 0;
	size_t count = left < room ? (size_t)left : room, i;

	if (fseeko(index->file, (off_t)(HEAD + first * ENTRY), SEEK_SET) != 0)
		goto fail;
	for (i = 0; i < count; i++) {
		if (fread(packed, sizeof packed, 1, index->file) != 1)
			goto fail;
		unpack(packed, &entries[i]);
	}
	return (long)count;
fail:
	fault_own_system(err, "cannot read the index");
	return -1;
}
