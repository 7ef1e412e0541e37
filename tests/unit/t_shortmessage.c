/* shortmessage: texts of at most 70 characters, mobile numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/notify/shortmessage.h"

enum { MOST = 70 };

static void
test_what_each_matter_says(void **state)
{
	struct shortmessage message = { SHORTMESSAGE_RETAKE, "省招就中心", "王*明",
	    "头部倾斜", "2025-04-03", "" };
	struct buf text = BUF_INIT;

	(void)state;
	assert_int_equal(shortmessage_add(&message, MOST, &text), 0);
	assert_string_equal(text.data,
	    "【省招就中心】王*明同学，你的毕业照片未通过：头部倾斜，请于4月3日前重拍。");
	buf_clear(&text);
	message.from = "2025-03-21";
	assert_int_equal(shortmessage_add(&message, MOST, &text), 0);
	assert_string_equal(text.data, "【省招就中心】王*明同学，你的毕业照片未通过："
	    "头部倾斜，请于3月21日起重拍，4月3日截止。");
	buf_clear(&text);
	message.matter = SHORTMESSAGE_MISSING;
	message.reason = "";
	assert_int_equal(shortmessage_add(&message, MOST, &text), 0);
	assert_string_equal(text.data,
	    "【省招就中心】王*明同学，尚未收到你的毕业照片，请于4月3日前完成采集。");
	buf_clear(&text);
	message.matter = SHORTMESSAGE_LOCKED;
	message.reason = "疑似翻拍";
	message.deadline = "";
	assert_int_equal(shortmessage_add(&message, MOST, &text), 0);
	assert_string_equal(text.data, "【省招就中心】王*明同学，你的毕业照片未通过："
	    "疑似翻拍。账号已锁定，请联系学校解锁后重拍。");
	buf_release(&text);
}

static void
test_what_is_too_long_is_shortened(void **state)
{
	static const char phrase[] = "头发遮眉𠮷";	/* 5 characters, 6 counted */
	struct buf reason = BUF_INIT, text = BUF_INIT;
	struct shortmessage message = { SHORTMESSAGE_RETAKE, "省招就中心", "王*明", "",
	    "2025-04-03", "" };

	(void)state;
	for (int i = 0; i < 30; i++) {
		buf_adds(&reason, phrase);
		message.reason = reason.data;
		buf_clear(&text);
		assert_int_equal(shortmessage_add(&message, MOST, &text), 0);
		assert_in_range(shortmessage_length(text.data), 40, MOST);
		assert_non_null(strstr(text.data, "，请于4月3日前重拍。"));
	}
	assert_non_null(strstr(text.data, "…，请于"));
	message.name = "A********* B******* C********* D********* E********* F*********";
	buf_clear(&text);
	assert_int_equal(shortmessage_add(&message, MOST, &text), 0);
	assert_null(strstr(text.data, "A**"));
	assert_int_not_equal(shortmessage_add(&message, 20, &text), 0);
	buf_release(&text);
	buf_release(&reason);
}

static void
test_mobile_numbers(void **state)
{
	static const struct {
		const char *text, *number;
	} cases[] = {
		{ "13800138000", "13800138000" }, { "138 0013 8000", "13800138000" },
		{ "+86-138-0013-8000", "13800138000" },
		{ "１３８００１３８０００", "13800138000" },
		{ "0516-65880000", NULL }, { "1380013800", NULL }, { "", NULL },
		{ "23800138000", NULL }, { "13800138000/13900139000", NULL },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		buf_clear(&out);
		if (cases[i].number == NULL) {
			assert_int_not_equal(shortmessage_number(cases[i].text, &out), 0);
			continue;
		}
		assert_int_equal(shortmessage_number(cases[i].text, &out), 0);
		assert_string_equal(out.data, cases[i].number);
	}
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_each_matter_says),
		cmocka_unit_test(test_what_is_too_long_is_shortened),
		cmocka_unit_test(test_mobile_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
