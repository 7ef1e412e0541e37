/*
 * Whose a path is, all keys together: a table of what schools send, right and hostile.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/intake/whose.h"

enum { NOBODY = -1, ROW_COUNT = 7 };

static const struct {
	struct match_keys keys;
	const char *college, *class;
} school[ROW_COUNT] = {
	{ { "329901200209020200", "22329901150001", "202201010101", "欧阳明", NULL },
	    "信息工程学院", "计科2201" },
	{ { "32990120040401021X", "22329901150002", "202201010102", "高小芳", NULL },
	    "信息工程学院", "计科2201" },
	{ { "329901200310300207", "22329901150003", "202201010201",
	    "阿依古丽·买买提", NULL }, "信息工程学院", "计科2202" },
	{ { "329901200305290219", "22329901150004", "202201010202", "王伟", NULL },
	    "信息工程学院", "计科2202" },
	{ { "329901200305290227", "22329901150005", "202201010301", "王伟", NULL },
	    "外国语学院", "英语2201" },
	{ { "329901200301010028", "22329901150006", "202201010302", "白一诺", NULL },
	    "外国语学院", "英语2201" },
	{ { NULL, NULL, "202201010303", NULL, NULL }, "外国语学院", "英语2201" }
};

static const struct {
	const char *path;
	int row;		/* or NOBODY */
	enum match_field by;
	int doubt;
} files[] = {
	/* Numbers, written as people write them. */
	{ "202201010101.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "计科2202/202201010101.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "２０２２０１０１０１０１.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "32990120040401021x.jpg", 1, MATCH_ID_NUMBER, 0 },
	{ "高小芳_32990120040401021X_202201010102.jpg", 1, MATCH_ID_NUMBER, 0 },
	{ "22329901150003 (2).png", 2, MATCH_EXAM_NO, 0 },
	{ "202201010101欧阳 明 (1).jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "202201010303_高大壮.jpg", 6, MATCH_STUDENT_NO, 1 },
	/* A mobile number is no student's, and in nobody's way. */
	{ "13912345678欧阳明.jpg", 0, MATCH_NAME, 0 },
	{ "202201010101_13912345678.jpg", 0, MATCH_STUDENT_NO, 0 },
	/* A part of a longer number, a digit too few or too many. */
	{ "1202201010101.jpg", NOBODY, 0, 0 },
	{ "2022010101012.jpg", NOBODY, 0, 0 },
	{ "20220101010.jpg", NOBODY, 0, 0 },
	{ "329901202201010101.jpg", NOBODY, 0, 0 },
	{ "32990120220101010100.jpg", NOBODY, 0, 0 },
	/* Two students in one name. */
	{ "202201010101_202201010102.jpg", NOBODY, 0, 0 },
	{ "32990120040401021X_202201010101.jpg", NOBODY, 0, 0 },
	{ "202201010101_高小芳.jpg", NOBODY, 0, 0 },
	{ "欧阳明 高小芳.jpg", NOBODY, 0, 0 },
	/* A number like the student's, that nobody has, beside it. */
	{ "202201010101_202201010999.jpg", NOBODY, 0, 0 },
	{ "202201010101 202201010999.jpg", NOBODY, 0, 0 },
	{ "欧阳明_202201010999.jpg", NOBODY, 0, 0 },
	/* The same of other keys: an ID or exam number of somebody else. */
	{ "329901200308074124_202201010101.jpg", NOBODY, 0, 0 },
	{ "11010520030807412X_202201010101.jpg", NOBODY, 0, 0 },
	{ "202201010101_22329901159999.jpg", NOBODY, 0, 0 },
	{ "329901200308074124_202201010303.jpg", 6, MATCH_STUDENT_NO, 0 },
	/* A name beside the number that is nobody's: an error in it, or a stranger's. */
	{ "202201010101_欧阳朋.jpg", 0, MATCH_STUDENT_NO, 1 },
	{ "202201010101_高大壮.jpg", NOBODY, 0, 0 },
	{ "202201010101_买买提·艾力.jpg", NOBODY, 0, 0 },
	/* Words on photos that begin as names do. */
	{ "202201010101_高清.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "202201010101 白底.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "202201010101_计科2201.jpg", 0, MATCH_STUDENT_NO, 0 },
	/* Names alone. */
	{ "高小芳.jpg", 1, MATCH_NAME, 0 },
	{ "高　小芳.jpg", 1, MATCH_NAME, 0 },
	{ "阿依古丽•买买提.jpg", 2, MATCH_NAME, 0 },
	{ "信息工程学院/计科2201/高小芳.jpg", 1, MATCH_NAME, 0 },
	{ "2026/高小芳.jpg", 1, MATCH_NAME, 0 },
	{ "王伟.jpg", NOBODY, 0, 0 },
	{ "高小芳芳.jpg", NOBODY, 0, 0 },
	{ "小芳.jpg", NOBODY, 0, 0 },
	{ "高小?.jpg", NOBODY, 0, 0 },
	{ "计科2202/高小芳.jpg", NOBODY, 0, 0 },
	{ "计科2209/高小芳.jpg", NOBODY, 0, 0 },
	{ "英语2201-高小芳.jpg", NOBODY, 0, 0 },
	{ "外国语学院/高小芳.jpg", NOBODY, 0, 0 },
	/* The clock of a camera or a messenger. */
	{ "IMG_20220101_010101.jpg", NOBODY, 0, 0 },
	{ "mmexport1600134980291.jpg", NOBODY, 0, 0 }
};

static void
each_path_is_whose_it_is(void **state)
{
	struct whose *whose = whose_new();
	struct match match;
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < ROW_COUNT; i++)
		whose_add(whose, &school[i].keys, school[i].college,
		    school[i].class);
	whose_ready(whose);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		int row, by, doubt;

		whose_path(whose, files[i].path, &match);
		row = match.count == 1 ? (int)match.rows[0].row :
		    match.count == 0 ? NOBODY : ROW_COUNT;
		by = match.count == 1 ? (int)match.rows[0].by : 0;
		doubt = match.count == 1 && match.doubt;
		if (row == files[i].row && (row == NOBODY ||
		    (by == (int)files[i].by && doubt == files[i].doubt)))
			continue;
		wrong++;
		print_error("'%s': row %d by %d, doubt %d\n", files[i].path,
		    row, by, doubt);
	}
	whose_free(whose);
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_path_is_whose_it_is)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
