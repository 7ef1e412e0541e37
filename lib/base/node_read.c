#include "lib/base/node.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node_parts.h"
#include "lib/base/text.h"

/* RFC 8259, and no more: no comments, no NaN, no comma behind the last. */

enum { FIRST_BLOCK = 64, LARGEST_BLOCK = 4096 };

struct reader {
	const char *start, *at, *end;
	struct block *blocks;
	char *texts;		/* where the next goes: decoded it is no longer */
	const char *wrong;	/* what is, or NULL */
};

static void
add_block(struct reader *reader)
{
	size_t room = reader->blocks == NULL ? FIRST_BLOCK :
	    reader->blocks->room < LARGEST_BLOCK ? 4 * reader->blocks->room :
	    LARGEST_BLOCK;
	struct block *block = xmalloc(sizeof *block + room * sizeof *block->nodes);

	*block = (struct block){ .next = reader->blocks, .room = room };
	reader->blocks = block;
}

static struct node *
new_node(struct reader *reader, enum node_kind kind)
{
	struct node *node;

	if (reader->blocks == NULL || reader->blocks->used == reader->blocks->room)
		add_block(reader);
	node = &reader->blocks->nodes[reader->blocks->used++];
	memset(node, 0, sizeof *node);
	node->kind = (unsigned char)kind;
	node->in_block = 1;
	return node;
}

static void *
fail(struct reader *reader, const char *wrong)
{
	if (reader->wrong == NULL)
		reader->wrong = wrong;
	return NULL;
}

static int
peek(const struct reader *reader)
{
	return reader->at < reader->end ? (unsigned char)*reader->at : -1;
}

static int
after_space(struct reader *reader)
{
	while (reader->at < reader->end && (*reader->at == ' ' ||
	    *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t'))
		reader->at++;
	return peek(reader);
}

static int
take(struct reader *reader, int wanted)
{
	if (peek(reader) != wanted)
		return 0;
	reader->at++;
	return 1;
}

/* ---- strings ---- */

/* The four digits of \u, or -1. */
static int
read_unit(struct reader *reader)
{
	int unit = 0, i, c;

	for (i = 0; i < 4; i++, reader->at++) {
		c = peek(reader);
		if (c >= '0' && c <= '9')
			unit = unit << 4 | (c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			unit = unit << 4 | ((c | 0x20) - 'a' + 10);
		else
			return -1;
	}
	return unit;
}

static int
put_character(struct reader *reader, uint32_t code)
{
	if (code < 0x80) {
		*reader->texts++ = (char)code;
	} else if (code < 0x800) {
		*reader->texts++ = (char)(0xc0 | code >> 6);
		*reader->texts++ = (char)(0x80 | (code & 0x3f));
	} else if (code < 0x10000) {
		*reader->texts++ = (char)(0xe0 | code >> 12);
		*reader->texts++ = (char)(0x80 | (code >> 6 & 0x3f));
		*reader->texts++ = (char)(0x80 | (code & 0x3f));
	} else {
		*reader->texts++ = (char)(0xf0 | code >> 18);
		*reader->texts++ = (char)(0x80 | (code >> 12 & 0x3f));
		*reader->texts++ = (char)(0x80 | (code >> 6 & 0x3f));
		*reader->texts++ = (char)(0x80 | (code & 0x3f));
	}
	return 1;
}

/* Behind \u: a character, or the two halves of one. */
static int
read_unicode(struct reader *reader)
{
	int high = read_unit(reader), low;

	if (high <= 0 || (high >= 0xdc00 && high <= 0xdfff))
		return 0;
	if (high < 0xd800 || high > 0xdbff)
		return put_character(reader, (uint32_t)high);
	if (!take(reader, '\\') || !take(reader, 'u'))
		return 0;
	low = read_unit(reader);
	if (low < 0xdc00 || low > 0xdfff)
		return 0;
	return put_character(reader, 0x10000u + ((uint32_t)(high - 0xd800) << 10) +
	    (uint32_t)(low - 0xdc00));
}

static int
read_escape(struct reader *reader)
{
	static const char letters[] = "\"\\/bfnrt", plain[] = "\"\\/\b\f\n\r\t";
	const char *at;
	int c = peek(reader);

	reader->at++;
	if (c == 'u')
		return read_unicode(reader);
	at = c > 0 ? strchr(letters, c) : NULL;
	return at != NULL && put_character(reader, (unsigned char)plain[at - letters]);
}

static int
copy_character(struct reader *reader)
{
	uint32_t code;
	size_t length = text_char(reader->at, (size_t)(reader->end - reader->at), &code);

	memcpy(reader->texts, reader->at, length);
	reader->texts += length;
	reader->at += length;
	return length > 0;
}

/* Copy the characters of ASCII that stand for themselves. */
static void
copy_plain(struct reader *reader)
{
	const char *start = reader->at, *at = start;

	while (at < reader->end && (unsigned char)*at >= ' ' &&
	    (unsigned char)*at < 0x80 && *at != '"' && *at != '\\')
		at++;
	memcpy(reader->texts, start, (size_t)(at - start));
	reader->texts += at - start;
	reader->at = at;
}

/* A string at its quotation mark, decoded; NULL when it is none. */
static const char *
read_string(struct reader *reader)
{
	char *start = reader->texts;
	int c;

	reader->at++;
	while ((c = peek(reader)) != '"') {
		if (c >= 0x80) {
			if (!copy_character(reader))
				return fail(reader, "not UTF-8");
		} else if (c < ' ') {
			return fail(reader, c < 0 ? "it ends too early" :
			    "a control character in a string");
		} else if (c == '\\') {
			reader->at++;
			if (!read_escape(reader))
				return fail(reader, "a bad escape");
		} else {
			copy_plain(reader);
		}
	}
	reader->at++;
	*reader->texts++ = '\0';
	return start;
}

/* ---- numbers and words ---- */

static int
take_digits(struct reader *reader)
{
	const char *start = reader->at;

	while (peek(reader) >= '0' && peek(reader) <= '9')
		reader->at++;
	return reader->at > start;
}

static struct node *
read_number(struct reader *reader)
{
	struct node *node = new_node(reader, NODE_INTEGER);
	const char *start = reader->at;
	int whole;

	take(reader, '-');
	whole = take(reader, '0') || take_digits(reader);
	if (take(reader, '.')) {
		node->kind = NODE_REAL;
		whole &= take_digits(reader);
	}
	if (take(reader, 'e') || take(reader, 'E')) {
		node->kind = NODE_REAL;
		if (!take(reader, '+'))
			take(reader, '-');
		whole &= take_digits(reader);
	}
	if (!whole)
		return fail(reader, "a bad number");
	node->text = reader->texts;
	memcpy(reader->texts, start, (size_t)(reader->at - start));
	reader->texts += reader->at - start;
	*reader->texts++ = '\0';
	return node;
}

static struct node *
read_word(struct reader *reader)
{
	static const struct { const char *word; size_t len; enum node_kind kind; } words[] = {
		{ "null", 4, NODE_NULL }, { "false", 5, NODE_FALSE },
		{ "true", 4, NODE_TRUE }
	};
	size_t left = (size_t)(reader->end - reader->at), i;

	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (left >= words[i].len &&
		    memcmp(reader->at, words[i].word, words[i].len) == 0) {
			reader->at += words[i].len;
			return new_node(reader, words[i].kind);
		}
	return fail(reader, left == 0 ? "it ends too early" : "no value is here");
}

/* ---- arrays and objects ---- */

static struct node *read_value(struct reader *reader, int depth);

/* One member or item, appended to parent. */
static int
read_child(struct reader *reader, struct node *parent, int depth)
{
	const char *name = NULL;
	struct node *child;

	if (parent->kind == NODE_OBJECT) {
		if (after_space(reader) != '"') {
			fail(reader, "no name is here");
			return 0;
		}
		name = read_string(reader);
		if (name != NULL && node_find(parent, name) != NULL)
			fail(reader, "a member twice");
		if (reader->wrong == NULL && (after_space(reader) != ':' ||
		    !take(reader, ':')))
			fail(reader, "no colon is here");
	}
	child = reader->wrong == NULL ? read_value(reader, depth + 1) : NULL;
	if (child == NULL)
		return 0;
	child->name = name;
	node_attach(parent, child);
	return 1;
}

static struct node *
read_children(struct reader *reader, enum node_kind kind, int close, int depth)
{
	struct node *node = new_node(reader, kind);
	int ok = 1;

	reader->at++;
	if (after_space(reader) != close) {
		do
			ok = read_child(reader, node, depth);
		while (ok && after_space(reader) == ',' && take(reader, ','));
		if (ok && peek(reader) != close)
			fail(reader, peek(reader) < 0 ? "it ends too early" :
			    "no comma is here");
	}
	reader->at++;
	if (reader->wrong == NULL)
		return node;
	node_free(node);
	return NULL;
}

static struct node *
read_value(struct reader *reader, int depth)
{
	struct node *node;
	int c = after_space(reader);

	if (depth > NODE_DEPTH_MAX)
		return fail(reader, "it is nested too deeply");
	if (c == '{')
		return read_children(reader, NODE_OBJECT, '}', depth);
	if (c == '[')
		return read_children(reader, NODE_ARRAY, ']', depth);
	if (c == '-' || (c >= '0' && c <= '9'))
		return read_number(reader);
	if (c != '"')
		return read_word(reader);
	node = new_node(reader, NODE_STRING);
	node->text = read_string(reader);
	return node->text != NULL ? node : NULL;
}

struct node *
node_parse(const char *text, size_t len, struct buf *err)
{
	struct reader reader = { .start = text, .at = text, .end = text + len };
	struct node *root;
	char *texts;

	reader.texts = texts = xmalloc(len + 1);
	root = read_value(&reader, 0);
	if (root != NULL && after_space(&reader) >= 0)
		fail(&reader, "more than one value");
	if (reader.wrong == NULL) {
		root->blocks = reader.blocks;
		root->blocks->texts = texts;
		return root;
	}
	buf_addf(err, "not JSON at byte %zu: %s", (size_t)(reader.at - text) + 1,
	    reader.wrong);
	node_free(root);
	node_free_blocks(reader.blocks);
	free(texts);
	return NULL;
}
