#include "lib/roster/columns.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/roster/columns_parts.h"

static const struct column_heading *
find_column(const struct columns *columns, const char *folded)
{
	const struct column_heading *found = columns_known(columns, folded);

	return found != NULL && found->group != GROUP_FILLER ? found : NULL;
}

/* "18位", "8-12位数". */
static int
is_length(const char *text)
{
	static const char *const ends[] = { "位", "位数", "位数字" };
	size_t digits = strspn(text, "0123456789-~");

	for (size_t i = 0; digits > 0 && i < sizeof ends / sizeof *ends; i++)
		if (strcmp(text + digits, ends[i]) == 0)
			return 1;
	return 0;
}

/* Whether what is added to a heading says nothing else: 必填, XM, "18位,X大写". */
static int
is_addition(const struct columns *columns, char *text, int group)
{
	static const char *const signs[] = { ",", ";", "、", "。" };
	const struct column_heading *found;
	char *end = NULL, *part;
	size_t len = 0;

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		part = strstr(text, signs[i]);
		if (part != NULL && (end == NULL || part < end)) {
			end = part;
			len = strlen(signs[i]);
		}
	}
	if (end != NULL)
		*end = '\0';
	found = columns_known(columns, text);
	return (is_length(text) || (found != NULL && (found->group == GROUP_FILLER ||
	    found->group == group))) && (end == NULL || end[len] == '\0' ||
	    is_addition(columns, end + len, group));
}

/* "姓名(必填)", "姓名(XM)", "姓名/XM", "【姓名】". */
static const struct column_heading *
find_with_addition(const struct columns *columns, char *folded)
{
	static const struct { const char *open, *close; } brackets[] = {
		{ "(", ")" }, { "[", "]" }, { "【", "】" }, { "<", ">" }, { "「", "」" },
		{ "〔", "〕" }, { "/", "" }
	};
	const struct column_heading *found;
	char *open, *inside, *close;
	size_t i, len;

	for (i = 0; i < sizeof brackets / sizeof *brackets; i++) {
		open = strstr(folded, brackets[i].open);
		if (open == NULL)
			continue;
		inside = open + strlen(brackets[i].open);
		len = strlen(brackets[i].close);
		close = folded + strlen(folded) - len;
		if (close <= inside || strcmp(close, brackets[i].close) != 0)
			continue;
		*open = *close = '\0';
		if (open == folded)
			return len > 0 ? find_column(columns, inside) : NULL;
		found = find_column(columns, folded);
		return found != NULL && is_addition(columns, inside, found->group) ?
		    found : NULL;
	}
	return NULL;
}

/* "学号-必填", "学号_必填". */
static const struct column_heading *
find_before_filler(const struct columns *columns, char *folded)
{
	size_t len = strlen(folded), size;
	const struct column_heading *found = NULL;

	for (size_t i = 0; found == NULL && i < columns->count; i++) {
		size = strlen(columns->headings[i].text);
		if (columns->headings[i].group != GROUP_FILLER || size + 1 >= len ||
		    folded[len - size - 1] != '-' || strcmp(folded + len - size,
		    columns->headings[i].text) != 0)
			continue;
		folded[len - size - 1] = '\0';
		found = find_column(columns, folded);
		folded[len - size - 1] = '-';
	}
	return found;
}

/* "XM姓名" and "姓名XM": both parts must name the same field. */
static const struct column_heading *
find_joined(const struct columns *columns, const char *folded)
{
	const struct column_heading *first, *second;
	struct buf part = BUF_INIT;
	size_t len = strlen(folded), at = 0;

	if ((unsigned char)folded[0] < 0x80) {
		while (at < len && (unsigned char)folded[at] < 0x80)
			at++;
	} else {
		for (at = len; (unsigned char)folded[at - 1] < 0x80; )
			at--;
	}
	buf_add(&part, folded, at);
	first = find_column(columns, part.data);
	second = find_column(columns, folded + at);
	buf_release(&part);
	return first != NULL && second != NULL &&
	    first->group == second->group ? first : NULL;
}

int
columns_find(const struct columns *columns, const char *heading, int *rank)
{
	const struct column_heading *found;
	struct buf folded = BUF_INIT;

	columns_fold(heading, &folded);
	found = find_column(columns, folded.data);
	if (found == NULL && folded.len > 0)
		found = find_joined(columns, folded.data);
	if (found == NULL && folded.len > 0)
		found = find_before_filler(columns, folded.data);
	if (found == NULL && folded.len > 0)
		found = find_with_addition(columns, folded.data);
	buf_release(&folded);
	if (found != NULL && rank != NULL)
		*rank = (int)(found - columns->headings);
	return found != NULL ? found->group : COLUMN_NONE;
}

/* Without half a character and a bracket that was not closed. */
static void
cut_clean(struct buf *folded)
{
	static const char lost[] = "\xEF\xBF\xBD";
	char *end = strstr(folded->data, lost), *open;

	if (end == NULL)
		end = folded->data + folded->len;
	open = strchr(folded->data, '(');
	if (open != NULL && open > folded->data && strchr(open, ')') == NULL)
		end = open;
	*end = '\0';
	folded->len = (size_t)(end - folded->data);
}

int
columns_find_cut(const struct columns *columns, const char *heading, int *rank)
{
	const struct column_heading *found = NULL, *next;
	struct buf folded = BUF_INIT;
	int field = columns_find(columns, heading, rank);

	columns_fold(heading, &folded);
	cut_clean(&folded);
	if (field == COLUMN_NONE && folded.len > 0)
		field = columns_find(columns, folded.data, rank);
	for (size_t i = columns_place(columns, folded.data); field == COLUMN_NONE &&
	    folded.len > 0 && i < columns->order_count; i++) {
		next = &columns->headings[columns->order[i]];
		if (strncmp(next->text, folded.data, folded.len) != 0)
			break;
		if (next->group == GROUP_FILLER ||
		    (found != NULL && found->group != next->group)) {
			found = NULL;
			break;
		}
		found = next;
	}
	buf_release(&folded);
	if (found == NULL)
		return field;
	if (rank != NULL)
		*rank = (int)(found - columns->headings);
	return found->group;
}
