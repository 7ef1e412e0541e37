#ifndef TC_BOARDWORDS_H
#define TC_BOARDWORDS_H
/*
 * boardwords: what stands on the dashboard, in Chinese and English.
 */
#include "lib/decision/reasons.h"	/* enum language */

struct buf;

enum boardword {
	/* of the frame, share/dashboard/page.html, in which "@TITLE@" stands for one */
	BOARD_LANGUAGE, BOARD_TITLE, BOARD_TOTALS, BOARD_BY_DAY, BOARD_BY_CITY, BOARD_WHY,
	BOARD_OWED, BOARD_SCHOOLS, BOARD_TAKEN, BOARD_PASSED, BOARD_REVIEW, BOARD_RETAKE,
	BOARD_MISSING,
	BOARD_FRAME,	/* how many they are */
	BOARD_EXPECTED = BOARD_FRAME, BOARD_COLLECTED, BOARD_PASS_RATE, BOARD_FIRST_RATE,
	BOARD_LATE, BOARD_NOTHING, BOARD_UNKNOWN, BOARD_PERSON,
	BOARD_CODE, BOARD_SCHOOL, BOARD_CITY, BOARD_PROGRESS, BOARD_WAITS_SINCE, BOARD_FORM,
	BOARD_WHO, BOARD_WHAT, BOARD_PERSONS, BOARD_SINCE, BOARD_UNTIL, BOARD_STATE,
	BOARD_WORDS
};

const char *boardword(enum boardword word, enum language language);

/* The frame's name of a word, "@TITLE@". */
const char *boardword_mark(enum boardword word);

/* Append "as of 2026-03-02 · 5 schools". */
void boardword_add_day(const char *date, size_t schools, enum language language,
    struct buf *out);
/* Append that so many more things are owed than are shown. */
void boardword_add_more(size_t count, enum language language, struct buf *out);

#endif
