#ifndef TC_DEBT_H
#define TC_DEBT_H
/*
 * debt: what is still to be done about a school: by whom, since when, and until when.
 *
 * Deadlines are the profile's ([deadlines], [feedback] answer_days), in working days by
 * workdays.h, or the end of the school's own window.
 */
#include "lib/decision/reasons.h"	/* enum language */
#include "lib/province/survey.h"

struct buf;
struct workdays;

enum debt_owner {
	DEBT_SCHOOL, DEBT_STUDENT, DEBT_OFFICE, DEBT_REGISTER
};

struct debt {
	const struct survey_school *school;
	enum debt_owner owner;
	const char *const *what;	/* by enum language */
	long count;			/* persons, 0 where it is not about persons */
	char since[SURVEY_DATE], due[SURVEY_DATE];	/* "": not known, none */
	long late;			/* working days past due, below 0 before it */
	double money;			/* of a payment, else 0 */
};

enum { DEBT_MAX = 16 };		/* of one school */

/* List what is still to be done about a school on a day.  Returns how many there are. */
size_t debt_list(const struct survey_school *school, const char *today,
    const struct workdays *workdays, struct debt debts[static DEBT_MAX]);
/* Order for qsort: most overdue first, then by due day, then those without one. */
int debt_compare(const void *a, const void *b);

/* Whether the payment's and the register's days in the profile are MM-DD or none.  0,
 * or -1 with the reason. */
int debt_check_profile(const struct profile *profile, struct buf *err);

/* Who has to act. */
const char *debt_owner_name(const struct debt *debt, enum language language);
/* Append its state: 逾期 3 个工作日, 3 working days over. */
void debt_add_state(const struct debt *debt, enum language language, struct buf *out);

#endif
