#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include "lib/base/buf.h"
#include "lib/base/text.h"

/* "姓名,张三" as each encoding has it. */
static const char utf8[] = "姓名,张三";
static const char gbk[] = "\xD0\xD5\xC3\xFB,\xD5\xC5\xC8\xFD";
static const char utf16le[] = "\xD3\x59\x0D\x54,\0\x20\x5F\x09\x4E";
static const char utf16be[] = "\x59\xD3\x54\x0D\0,\x5F\x20\x4E\x09";

static void
decodes(const char *bytes, size_t len, enum text_encoding encoding)
{
	struct buf out = BUF_INIT, err = BUF_INIT;
	struct text_decoded decoded;

	assert_int_equal(text_decode(bytes, len, &out, &decoded, &err), 0);
	assert_string_equal(out.data, utf8);
	assert_int_equal(decoded.encoding, encoding);
	assert_int_equal(decoded.damaged, 0);
	buf_release(&out);
	buf_release(&err);
}

static void
the_encoding_is_found(void **state)
{
	struct buf marked = BUF_INIT;

	(void)state;
	decodes(utf8, sizeof utf8 - 1, TEXT_UTF8);
	decodes(gbk, sizeof gbk - 1, TEXT_GB18030);
	decodes(utf16le, sizeof utf16le - 1, TEXT_UTF16LE);
	decodes(utf16be, sizeof utf16be - 1, TEXT_UTF16BE);
	buf_add(&marked, "\xEF\xBB\xBF", 3);
	buf_adds(&marked, utf8);
	decodes(marked.data, marked.len, TEXT_UTF8);
	buf_clear(&marked);
	buf_add(&marked, "\xFF\xFE", 2);
	buf_add(&marked, utf16le, sizeof utf16le - 1);
	decodes(marked.data, marked.len, TEXT_UTF16LE);
	buf_release(&marked);
}

static void
rare_characters_survive(void **state)
{
	/* U+20BB7 in GB18030's four bytes, U+9FA6 and a minority name's dot */
	static const char bytes[] = "\x95\x32\x8F\x39\xA1\xA4\x82\x35\x8F\x33";
	struct buf out = BUF_INIT, err = BUF_INIT;

	(void)state;
	assert_int_equal(text_decode(bytes, sizeof bytes - 1, &out, NULL,
	    &err), 0);
	assert_true(text_is_utf8(out.data, out.len));
	assert_non_null(strstr(out.data, "·"));
	assert_null(strstr(out.data, "\xEF\xBF\xBD"));
	buf_release(&out);
	buf_release(&err);
}

/* One bad byte must not turn a whole roster into other characters. */
static void
one_damaged_character_stays_one(void **state)
{
	struct buf bytes = BUF_INIT, out = BUF_INIT, err = BUF_INIT;
	struct text_decoded decoded;

	(void)state;
	for (int i = 0; i < 20; i++)
		buf_adds(&bytes, utf8);
	buf_addc(&bytes, 0xE5);
	assert_int_equal(text_decode(bytes.data, bytes.len, &out, &decoded,
	    &err), 0);
	assert_int_equal(decoded.encoding, TEXT_UTF8);
	assert_int_equal(decoded.damaged, 1);
	assert_memory_equal(out.data, utf8, sizeof utf8 - 1);
	buf_release(&bytes);
	buf_release(&out);
	buf_release(&err);
}

static void
what_is_no_text_is_refused(void **state)
{
	struct buf out = BUF_INIT, err = BUF_INIT;

	(void)state;
	assert_int_equal(text_decode("caf\xE9,\xFF\xD8\xFF", 8, &out, NULL,
	    &err), -1);
	assert_int_equal(out.len, 0);
	assert_non_null(strstr(err.data, "GB18030"));
	buf_release(&out);
	buf_release(&err);
}

static void
utf8_is_strict(void **state)
{
	(void)state;
	assert_true(text_is_utf8("张\xF0\xA0\xAE\xB7", 7));
	assert_false(text_is_utf8("\xC0\x80", 2));		/* overlong */
	assert_false(text_is_utf8("\xED\xA0\x80", 3));		/* surrogate */
	assert_false(text_is_utf8("\xF4\x90\x80\x80", 4));	/* too large */
	assert_false(text_is_utf8("\xE5\xBC", 2));		/* cut */
	assert_int_equal(text_utf8_widest("", 0), 1);
	assert_int_equal(text_utf8_widest("a\xD1\xA7", 3), 2);
	assert_int_equal(text_utf8_widest("a\xF0\xA0\xAE\xB7学", 8), 4);
	assert_int_equal(text_utf8_widest("a\xD1", 2), 0);
}

static void
folds(const char *text, const char *expected)
{
	struct buf out = BUF_INIT;

	text_fold(text, &out);
	assert_string_equal(out.data, expected);
	buf_release(&out);
}

static void
spellings_of_one_value_fold_alike(void **state)
{
	(void)state;
	folds("３２０１０６ 1990\xC2\xA0" "01\xE3\x80\x80" "01001x", "32010619900101001X");
	folds("Ａ１２３４５６（３）", "A123456(3)");
	folds("买买提·阿", "买买提·阿");
	folds("买买提•阿", "买买提·阿");
	folds("买买提‧阿", "买买提·阿");
	folds("买买提・阿", "买买提·阿");
	folds("\xEF\xBB\xBF张\xE2\x80\x8B三", "张三");
	folds("", "");
}

static void
tidied_values_can_be_shown(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	text_tidy(" 软件  ２１０１\xE3\x80\x80班（１）\r\n", &out);
	assert_string_equal(out.data, "软件 2101 班（1）");
	buf_clear(&out);
	text_tidy_name("张\xE3\x80\x80\xE3\x80\x80三", &out);
	assert_string_equal(out.data, "张三");
	buf_clear(&out);
	text_tidy_name(" John   Smith ", &out);
	assert_string_equal(out.data, "John Smith");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_encoding_is_found),
		cmocka_unit_test(rare_characters_survive),
		cmocka_unit_test(one_damaged_character_stays_one),
		cmocka_unit_test(what_is_no_text_is_refused),
		cmocka_unit_test(utf8_is_strict),
		cmocka_unit_test(spellings_of_one_value_fold_alike),
		cmocka_unit_test(tidied_values_can_be_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
