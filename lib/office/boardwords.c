#include "lib/office/boardwords.h"

#include "lib/base/buf.h"

static const char *const words[BOARD_WORDS][2] = {
	[BOARD_LANGUAGE] = { "en", "zh-CN" },
	[BOARD_TITLE] = { "Graduation photos: progress", "毕业生图像采集进度" },
	[BOARD_TOTALS] = { "totals", "总数" },
	[BOARD_BY_DAY] = { "By day (persons so far)", "每日进度（累计人数）" },
	[BOARD_BY_CITY] = { "By city (of those expected)", "各市（应采人数中）" },
	[BOARD_WHY] = { "Why photos did not pass (persons)", "未通过的原因（人）" },
	[BOARD_OWED] = { "Owed", "催办" },
	[BOARD_SCHOOLS] = { "Schools", "各校" },
	[BOARD_TAKEN] = { "photographed", "实采" },
	[BOARD_PASSED] = { "passed", "合格" },
	[BOARD_REVIEW] = { "for review", "待审" },
	[BOARD_RETAKE] = { "to retake", "需重拍" },
	[BOARD_MISSING] = { "missing", "未采集" },
	[BOARD_EXPECTED] = { "expected", "应采" },
	[BOARD_COLLECTED] = { "collected", "采集率" },
	[BOARD_PASS_RATE] = { "pass rate", "合格率" },
	[BOARD_FIRST_RATE] = { "passed at once", "一次合格率" },
	[BOARD_LATE] = { "overdue", "逾期事项" },
	[BOARD_NOTHING] = { "(none)", "（无）" },
	[BOARD_UNKNOWN] = { "unknown", "未知" },
	[BOARD_PERSON] = { "said by a person", "人工判定或待核" },
	[BOARD_CODE] = { "code", "代码" },
	[BOARD_SCHOOL] = { "school", "院校" },
	[BOARD_CITY] = { "city", "城市" },
	[BOARD_PROGRESS] = { "progress", "进度" },
	[BOARD_WAITS_SINCE] = { "waiting since", "最早待审" },
	[BOARD_FORM] = { "form", "反馈表" },
	[BOARD_WHO] = { "who", "责任方" },
	[BOARD_WHAT] = { "what", "事项" },
	[BOARD_PERSONS] = { "persons", "人数" },
	[BOARD_SINCE] = { "since", "起始日" },
	[BOARD_UNTIL] = { "until", "应办结日" },
	[BOARD_STATE] = { "state", "状态" },
};

static const char *const marks[BOARD_FRAME] = {
	[BOARD_LANGUAGE] = "@LANGUAGE@", [BOARD_TITLE] = "@TITLE@",
	[BOARD_TOTALS] = "@TOTALS@", [BOARD_BY_DAY] = "@BY_DAY@",
	[BOARD_BY_CITY] = "@BY_CITY@", [BOARD_WHY] = "@WHY@", [BOARD_OWED] = "@OWED@",
	[BOARD_SCHOOLS] = "@OF_SCHOOLS@", [BOARD_TAKEN] = "@TAKEN@",
	[BOARD_PASSED] = "@PASSED@", [BOARD_REVIEW] = "@REVIEW@",
	[BOARD_RETAKE] = "@RETAKE@", [BOARD_MISSING] = "@MISSING@",
};

const char *
boardword(enum boardword word, enum language language)
{
	return words[word][language];
}

const char *
boardword_mark(enum boardword word)
{
	return marks[word];
}

void
boardword_add_day(const char *date, size_t schools, enum language language,
    struct buf *out)
{
	if (language == LANGUAGE_CHINESE)
		buf_addf(out, "截至 %s · %zu 所学校", date, schools);
	else
		buf_addf(out, "as of %s · %zu school%s", date, schools,
		    schools == 1 ? "" : "s");
}

void
boardword_add_more(size_t count, enum language language, struct buf *out)
{
	if (language == LANGUAGE_CHINESE)
		buf_addf(out, "另有 %zu 项，见催办表", count);
	else
		buf_addf(out, "%zu more in the workbook 催办表 (tc-export due)", count);
}
