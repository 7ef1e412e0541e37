#ifndef DRAW_PEOPLE_H
#define DRAW_PEOPLE_H
/*
 * people: made-up students of a made-up school.
 *
 * A student depends on the seed, the place in the roster and the roster's
 * length only.  No number can be a real person's: ID and exam numbers use
 * area codes 3299xx, which no county has; check digits, birth dates and the
 * parity of the sex are valid (GB 11643).  The roster is in order of student
 * number.  Strings are UTF-8.
 */
#include <stdint.h>	/* uint64_t */

#define SCHOOL_CODE "99999"
#define SCHOOL_NAME "江东示例大学"
#define STUDENTS_MAX 100000

struct student {
	char id_number[24];
	char student_no[24];
	char exam_no[24];
	char name[64];
	char birth_date[9];	/* YYYYMMDD */
	char class_name[48];
	int female;
	int college;		/* 0.. */
	const char *college_name, *major, *major_code;
};

/* Student number place (0..total-1), total <= STUDENTS_MAX. */
void people_student(uint64_t seed, int place, int total,
	struct student *student);

/* The last character of an 18-character ID number from its first 17. */
char people_check_digit(const char *id17);

#endif
