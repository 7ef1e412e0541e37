#include "lib/sheet/strip.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"

/* Fields that stand as they are in the record. */
static const char *const plain[] = {
	"school", "college", "class", "teaching_point", "major", "level",
	"season", "student_no", "exam_no", "name"
};
enum { PLAIN = sizeof plain / sizeof *plain };

static int
equals(const char *field, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(field, name, len) == 0;
}

/* The name of a plain field, or NULL. */
static const char *
find_plain(const char *field, size_t len)
{
	size_t i;

	for (i = 0; i < PLAIN; i++)
		if (equals(field, len, plain[i]))
			return plain[i];
	return NULL;
}

int
strip_check(const char *pattern, struct buf *err)
{
	const char *field, *end;
	size_t len;

	for (; (field = strchr(pattern, '{')) != NULL; pattern = end + 1) {
		end = strchr(++field, '}');
		if (end == NULL) {
			buf_adds(err, "a brace is not closed in the strip's lines");
			return -1;
		}
		len = (size_t)(end - field);
		if (find_plain(field, len) == NULL &&
		    !equals(field, len, "id_last_four") &&
		    !equals(field, len, "name_masked")) {
			buf_addf(err, "a strip has no field '%.*s'", (int)len, field);
			return -1;
		}
	}
	return 0;
}

int
strip_lines(const char *pattern)
{
	int lines = 1;

	for (; *pattern != '\0'; pattern++)
		lines += *pattern == '|';
	return lines;
}

static void
add_field(const char *field, size_t len, const struct node *student,
    const char *school, enum mask_rule rule, struct buf *out)
{
	const char *name = find_plain(field, len), *value;

	if (equals(field, len, "name_masked")) {
		value = node_text(student, "name");
		if (value != NULL)
			mask_name(value, rule, out);
	} else if (equals(field, len, "id_last_four")) {
		value = node_text(student, "id_number");
		if (value != NULL)
			mask_id_last_four(value, out);
		else if ((value = node_text(student, "id_last_four")) != NULL)
			buf_adds(out, value);
	} else if (name != NULL) {
		value = node_text(student, name);
		if ((value == NULL || *value == '\0') && strcmp(name, "school") == 0)
			value = school;
		if (value != NULL)
			buf_adds(out, value);
	}
}

/* Append a line with single blanks between its words; none when it has none. */
static void
add_line(const struct buf *line, size_t start, struct buf *out)
{
	size_t before = out->len, i;
	int gap = 0;
	char c;

	for (i = 0; i < line->len; i++) {
		c = line->data[i];
		/* a roster's line feed must not begin a line here */
		if ((unsigned char)c <= ' ' || c == 0x7f) {
			gap = out->len > before;
			continue;
		}
		if (out->len == before && out->len > start)
			buf_addc(out, '\n');
		else if (gap)
			buf_addc(out, ' ');
		gap = 0;
		buf_addc(out, c);
	}
}

void
strip_text(const char *pattern, const struct node *student,
    const char *school, enum mask_rule rule, struct buf *out)
{
	struct buf line = BUF_INIT;
	size_t start = out->len, len;

	for (;; pattern++) {
		if (*pattern == '{') {
			len = strcspn(++pattern, "}");
			add_field(pattern, len, student, school, rule, &line);
			pattern += len;
		} else if (*pattern == '|' || *pattern == '\0') {
			add_line(&line, start, out);
			buf_clear(&line);
		} else {
			buf_addc(&line, *pattern);
		}
		if (*pattern == '\0')
			break;
	}
	buf_release(&line);
}

void
strip_sum(const char *pattern, const struct node *student, const char *school,
    enum mask_rule rule, char sum[static HASH_TEXT])
{
	struct buf text = BUF_INIT;

	strip_text(pattern, student, school, rule, &text);
	hash_bytes(text.data, text.len, sum);
	buf_release(&text);
}
