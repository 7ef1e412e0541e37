#include "lib/roster/classname.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"

#define DIGITS "0123456789"

enum { CLASS_BYTES_MAX = 60, YEAR = 4 };

/* What stands behind a class's name in names of files and sheets. */
static void
cut_ends(struct buf *name)
{
	static const char *const ends[] = {
		".xlsx", ".xls", ".csv", ".dbf", ".txt", ".xlsm", ".et",
		"毕业生名单", "学生名单", "毕业生信息", "学生信息", "采集名单",
		"花名册", "名单", "名册", "信息表", "信息", "表", "-", "_", " "
	};
	size_t len, before;

	do {
		before = name->len;
		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
			len = strlen(ends[i]);
			if (name->len >= len && strcmp(name->data + name->len -
			    len, ends[i]) == 0) {
				name->len -= len;
				name->data[name->len] = '\0';
			}
		}
	} while (name->len < before);
}

static int
has_word(const char *name, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strstr(name, *words) != NULL)
			return 1;
	return 0;
}

/* A number beside words; "2026" alone and "2026年" are a year. */
static int
has_number(const char *name)
{
	const char *digits = strpbrk(name, DIGITS);

	return digits != NULL && strlen(name) > strspn(digits, DIGITS) &&
	    strspn(digits, DIGITS) <= YEAR;
}

int
classname_take(const char *name, struct buf *out)
{
	static const char *const others[] = {
		"届", "年", "表", "名单", "数据", "示例", "模板", "全部", "汇总",
		"新建", "副本", "学院", "系", "各班", "工作", "批", "Sheet",
		"sheet", "SHEET", "Table", "Book", "(1)", "（1）", "第", "页",
		NULL
	};
	static const char *const classes[] = { "班", NULL };
	struct buf text = BUF_INIT;
	int is_class;

	text_tidy(name, &text);
	cut_ends(&text);
	is_class = text.len > 1 && text.len <= CLASS_BYTES_MAX &&
	    strpbrk(text.data, "/\\") == NULL &&
	    !has_word(text.data, others) &&
	    (has_word(text.data, classes) ||
	    (has_number(text.data) &&
	    strpbrk(text.data, "\xE3\xE4\xE5\xE6\xE7\xE8\xE9") != NULL));
	if (is_class)
		buf_add(out, text.data, text.len);
	buf_release(&text);
	return is_class;
}

int
classname_year(const char *text)
{
	const char *at = text, *after;
	int year = 0;

	while ((at = strstr(at, "20")) != NULL) {
		after = at + strspn(at, "0123456789");
		if (after - at == YEAR) {
			after += strspn(after, " ");
			if (strncmp(after, "届", 3) == 0 ||
			    (strncmp(after, "年", 3) == 0 &&
			    strstr(after, "毕业") != NULL) ||
			    (after - at == YEAR && at == text &&
			    *after == '\0'))
				year = (int)strtol(at, NULL, 10);
		}
		at = after > at ? after : at + 1;
	}
	return year;
}

enum classname_when
classname_when(const char *name)
{
	static const char *const present[] = {
		"应届", "本届", "今年", "本年", "含往届", "含历届", NULL
	};
	static const char *const earlier[] = {
		"往届", "历届", "上届", "上一届", "前届", "往年", "去年", "上年",
		"历年", "已毕业", NULL
	};

	return has_word(name, present) ? CLASSNAME_PRESENT :
	    has_word(name, earlier) ? CLASSNAME_EARLIER : CLASSNAME_UNSAID;
}
