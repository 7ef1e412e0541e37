#include "lib/intake/match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/intake/clock.h"
#include "lib/intake/match_parts.h"

enum {
	HITS_MAX = 64,
	EXTENSION_MAX = 5,
	ID_DIGITS = 17,		/* before the X of a resident's ID */
	COUNTER_MAX = 8		/* digits with which cameras count */
};

/* How much a key says for itself. */
enum worth { WORTH_DATE, WORTH_COUNTER, WORTH_SURE };

struct hit {
	size_t row;
	enum match_field by;
	int token;
};

/* The search through one name. */
struct search {
	const struct match_index *index;
	struct hit hits[HITS_MAX];
	size_t count;
	enum worth worth[HITS_MAX];	/* of each token */
	int tokens;		/* that were found */
	int overflow;
	int letters, numbers;	/* that are nobody's */
	int stamped;		/* a date with a time stands there */
};

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_alnum(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z');
}

static size_t
digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

static size_t
run_at(const char *text)
{
	size_t len = 0;

	while (is_alnum(text[len]))
		len++;
	return len;
}

/* ---- the name ---- */

/* Capitals, full-width letters and digits made plain, extension dropped; one byte a
 * character, everything that is no ASCII being '?'. */
static void
flatten(const char *name, struct buf *out)
{
	size_t len = strlen(name), size;
	const char *dot;
	uint32_t code;

	for (; len > 0; name += size, len -= size) {
		size = text_char(name, len, &code);
		if (size == 0)
			size = 1, code = '?';
		if (code >= 0xff01 && code <= 0xff5e)
			code -= 0xff01 - 0x21;
		if (code >= 'a' && code <= 'z')
			code -= 'a' - 'A';
		buf_addc(out, code < 0x80 ? (int)code : '?');
	}
	dot = strrchr(out->data, '.');
	if (dot != NULL && strlen(dot) <= EXTENSION_MAX) {
		out->len = (size_t)(dot - out->data);
		out->data[out->len] = '\0';
	}
}

/* Put blanks in the place of each date with its time; returns whether there was
 * one. */
static int
erase_stamps(char *text)
{
	int erased = 0;
	size_t len;

	for (; *text != '\0'; text += len) {
		len = clock_stamp(text);
		if (len > 0) {
			memset(text, ' ', len);
			erased = 1;
		} else {
			len = digits_at(text);
			len += len == 0;
		}
	}
	return erased;
}

/* The counter of a copy: "(2)". */
static int
is_bracketed(const char *start, const char *run, size_t len)
{
	return run > start && run[-1] == '(' && run[len] == ')';
}

/* ---- looking up ---- */

static enum worth
worth_of(const char *key, size_t len)
{
	if (digits_at(key) < len || len > COUNTER_MAX)
		return WORTH_SURE;
	return clock_is_date(key, len) ? WORTH_DATE : WORTH_COUNTER;
}

/* Note the rows that have this key; returns whether there are any. */
static int
try_key(struct search *search, const char *key, size_t len)
{
	struct match_hit hits[HITS_MAX];
	size_t count = len < MATCH_KEY_MIN ? 0 :
	    match_find(search->index, key, len, hits, HITS_MAX);

	if (count > HITS_MAX - search->count) {
		search->overflow = 1;
		return 1;
	}
	if (count == 0)
		return 0;
	for (size_t i = 0; i < count; i++)
		search->hits[search->count++] = (struct hit){ hits[i].row,
		    hits[i].by, search->tokens };
	search->worth[search->tokens++] = worth_of(key, len);
	return 1;
}

/* Whether a person has both keys. */
static int
have_both(const struct search *search, const char *one, size_t one_len,
    const char *other, size_t other_len)
{
	struct match_hit a[HITS_MAX], b[HITS_MAX];
	size_t count = match_find(search->index, one, one_len, a, HITS_MAX);
	size_t others = count == 0 || count > HITS_MAX ? 0 :
	    match_find(search->index, other, other_len, b, HITS_MAX);

	for (size_t i = 0; i < count && others <= HITS_MAX; i++)
		for (size_t k = 0; k < others; k++)
			if (match_person(search->index, a[i].row) ==
			    match_person(search->index, b[k].row))
				return 1;
	return 0;
}

/* A run that is two keys of one person, written without anything between. */
static int
try_pair(struct search *search, const char *run, size_t len)
{
	size_t at, found = 0;

	for (at = COUNTER_MAX + 1; at + COUNTER_MAX < len; at++)
		if (have_both(search, run, at, run + at, len - at)) {
			if (found > 0)
				return 0;
			found = at;
		}
	return found > 0 && try_key(search, run, found) &&
	    try_key(search, run + found, len - found);
}

/* The numbers in a run of letters and digits. */
static void
search_digits(struct search *search, const char *run, size_t len)
{
	size_t size;

	search->letters++;
	for (size_t i = 0; i < len; i += size > 0 ? size : 1) {
		size = digits_at(run + i);
		if (size == ID_DIGITS && run[i + size] == 'X' &&
		    try_key(search, run + i, size + 1))
			size++;
		else if (size > 0 && !try_key(search, run + i, size))
			search->numbers++;
	}
}

static void
search_runs(struct search *search, const char *text)
{
	const char *at;
	size_t len;

	for (at = text; *at != '\0'; at += len > 0 ? len : 1) {
		len = run_at(at);
		if (len == 0)
			continue;
		if (at[len] == '(' && is_alnum(at[len + 1]) &&
		    at[len + 2] == ')' && try_key(search, at, len + 3)) {
			len += 3;
			continue;
		}
		if (try_key(search, at, len) || try_pair(search, at, len))
			continue;
		if (digits_at(at) < len)
			search_digits(search, at, len);
		else
			search->numbers += !is_bracketed(text, at, len);
	}
}

/* ---- whose they are ---- */

/* In how many of the tokens found the person is named. */
static int
tokens_of_person(const struct search *search, size_t person)
{
	int tokens = 0, last = -1;

	for (size_t i = 0; i < search->count; i++)
		if (match_person(search->index, search->hits[i].row) == person &&
		    search->hits[i].token != last) {
			last = search->hits[i].token;
			tokens++;
		}
	return tokens;
}

static int
tokens_of_row(const struct search *search, size_t row)
{
	int tokens = 0, last = -1;

	for (size_t i = 0; i < search->count; i++)
		if (search->hits[i].row == row &&
		    search->hits[i].token != last) {
			last = search->hits[i].token;
			tokens++;
		}
	return tokens;
}

static struct match_row *
row_of(struct match *match, size_t row)
{
	for (size_t i = 0; i < match->count; i++)
		if (match->rows[i].row == row)
			return &match->rows[i];
	if (match->count == MATCH_ROWS_MAX)
		return NULL;
	match->rows[match->count] = (struct match_row){
		row, MATCH_STUDENT_NO, 0
	};
	return &match->rows[match->count++];
}

static int
by_row(const void *a, const void *b)
{
	const struct match_row *left = a, *right = b;

	return (left->row > right->row) - (left->row < right->row);
}

static void
take_person(const struct search *search, size_t person, struct match *match)
{
	int most = 0, tokens;

	for (size_t i = 0; i < search->count; i++) {
		const struct hit *hit = &search->hits[i];
		struct match_row *row;

		if (match_person(search->index, hit->row) != person)
			continue;
		row = row_of(match, hit->row);
		if (row != NULL && row->by > hit->by)
			row->by = hit->by;
		tokens = tokens_of_row(search, hit->row);
		if (tokens > most)
			most = tokens;
	}
	for (size_t i = 0; i < match->count; i++)
		match->rows[i].weak = tokens_of_row(search,
		    match->rows[i].row) < most;
	mem_sort(match->rows, match->count, sizeof match->rows[0], by_row);
}

/* What the best of the keys found leaves open; -1: it is no key at all. */
static int
doubt_of(const struct search *search)
{
	enum worth best = WORTH_DATE;

	for (int i = 0; i < search->tokens; i++)
		if (search->worth[i] > best)
			best = search->worth[i];
	if (best == WORTH_SURE || (best == WORTH_COUNTER && !search->letters))
		return MATCH_SURE;
	if (best == WORTH_COUNTER)
		return MATCH_DOUBT_COUNTER;
	return search->letters || search->numbers || search->stamped ? -1 :
	    MATCH_DOUBT_DATE;
}

/* The one person that all numbers found speak of. */
static void
decide(const struct search *search, struct match *match)
{
	size_t chosen = 0;
	int persons = 0, doubt;

	for (size_t i = 0; i < search->count; i++) {
		size_t person = match_person(search->index,
		    search->hits[i].row);

		if (tokens_of_person(search, person) < search->tokens ||
		    (persons > 0 && person == chosen))
			continue;
		chosen = person;
		persons++;
	}
	doubt = search->count > 0 ? doubt_of(search) : MATCH_SURE;
	if (search->overflow || persons > 1)
		match->reason = "the number in its name belongs to several "
		    "students";
	else if (search->count > 0 && persons == 0)
		match->reason = "the numbers in its name belong to different "
		    "students";
	else if (persons == 1 && doubt >= 0) {
		take_person(search, chosen, match);
		match->doubt = (enum match_doubt)doubt;
	}
}

void
match_name(const struct match_index *index, const char *name,
    struct match *match)
{
	struct search search = { .index = index };
	struct buf text = BUF_INIT;

	match->count = 0;
	match->reason = NULL;
	match->doubt = MATCH_SURE;
	flatten(name, &text);
	if (!try_key(&search, text.data, text.len)) {
		search.stamped = erase_stamps(text.data);
		search_runs(&search, text.data);
	}
	decide(&search, match);
	buf_release(&text);
}

void
match_unknowns(const struct match_index *index, const char *name,
    match_unknown *each, void *state)
{
	struct buf text = BUF_INIT;
	struct match_hit hit;
	const char *at;
	size_t len;

	flatten(name, &text);
	erase_stamps(text.data);
	for (at = text.data; *at != '\0'; at += len > 0 ? len : 1) {
		len = digits_at(at);
		if (len == ID_DIGITS && at[len] == 'X')
			len++;
		if (len >= MATCH_KEY_MIN && !is_bracketed(text.data, at, len) &&
		    match_find(index, at, len, &hit, 1) == 0)
			each(state, at, len, clock_is_date(at, len));
	}
	buf_release(&text);
}
