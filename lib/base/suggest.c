#include "lib/base/suggest.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/base/buf.h"

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int
same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Rows of the table of distances: the last two and the one that is filled. */
static size_t
distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[3][SUGGEST_LONGEST + 1], *before = rows[0], *last = rows[1];
	size_t *row = rows[2], *turn, i, j;

	for (j = 0; j <= b_len; j++)
		last[j] = j;
	for (i = 1; i <= a_len; i++) {
		row[0] = i;
		for (j = 1; j <= b_len; j++) {
			row[j] = least(least(last[j], row[j - 1]) + 1,
			    last[j - 1] + !same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
			    same(a[i - 2], b[j - 1]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
		turn = before;
		before = last;
		last = row;
		row = turn;
	}
	return last[b_len];
}

void
suggest_begin(struct suggest *suggest, const char *wrote)
{
	suggest->wrote = wrote;
	suggest->best[0] = '\0';
	/* One letter of three may be wrong, and one of a short word. */
	suggest->distance = strlen(wrote) / 3 + 2;
}

void
suggest_consider(struct suggest *suggest, const char *known, size_t len)
{
	size_t wrote = strlen(suggest->wrote), far;

	if (wrote == 0 || wrote > SUGGEST_LONGEST || len == 0 || len > SUGGEST_LONGEST)
		return;
	if (wrote > 1 && len > wrote && strncasecmp(known, suggest->wrote, wrote) == 0)
		far = 1;
	else
		far = distance(suggest->wrote, wrote, known, len);
	if (far >= suggest->distance || far >= wrote || far >= len)
		return;
	suggest->distance = far;
	memcpy(suggest->best, known, len);
	suggest->best[len] = '\0';
}

void
suggest_consider_all(struct suggest *suggest, const char *known)
{
	static const char between[] = " ,\n";

	for (known += strspn(known, between); *known != '\0';
	    known += strspn(known, between)) {
		size_t len = strcspn(known, between);

		suggest_consider(suggest, known, len);
		known += len;
	}
}

void
suggest_say(const struct suggest *suggest, struct buf *out)
{
	if (suggest->best[0] != '\0')
		buf_addf(out, ": did you mean '%s'?", suggest->best);
}
