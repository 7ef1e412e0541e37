#ifndef TC_STUDENT_H
#define TC_STUDENT_H
/*
 * student: the fields of one student, as rosters give and manifests hold them.
 */
struct buf;

/* In the order of tc-manifest(5). */
enum student_field {
	STUDENT_ID_NUMBER, STUDENT_STUDENT_NO, STUDENT_EXAM_NO, STUDENT_NAME,
	STUDENT_SEX, STUDENT_BIRTH_DATE, STUDENT_SCHOOL_CODE, STUDENT_SCHOOL,
	STUDENT_COLLEGE, STUDENT_CLASS, STUDENT_TEACHING_POINT, STUDENT_SEASON,
	STUDENT_MAJOR_CODE, STUDENT_MAJOR, STUDENT_LEVEL, STUDENT_STUDY_FORM,
	STUDENT_YEARS, STUDENT_ENROLMENT_DATE, STUDENT_GRADUATION_DATE,
	STUDENT_STATUS, STUDENT_CAPTURE_CODE, STUDENT_ID_TYPE,
	STUDENT_ID_LAST_FOUR, STUDENT_PHONE, STUDENT_ADDRESS, STUDENT_POSTCODE,
	STUDENT_RECIPIENT, STUDENT_BRANCH, STUDENT_FEE_PAID, STUDENT_REMARK,
	STUDENT_FIELD_COUNT
};

/* A field's name in the manifest ("id_number"); from the name, -1 when none. */
const char *student_field_name(enum student_field field);
int student_field_parse(const char *name);

/* Append a field's value as it is kept: blanks and widths tidied, numbers without
 * blanks, sex as 男 or 女, dates as YYYYMMDD (or YYYYMM, YYYY).  What is not
 * understood is kept as it stands; what says that there is nothing ("无", "-")
 * gives nothing for a number. */
void student_tidy(enum student_field field, const char *text, struct buf *out);

/* Append sentences about an ID number that is not valid or disagrees with birth date and
 * sex, each ended by "; ", to notes; those by which it cannot be the student's number to
 * doubts as well.  Values as student_tidy left them; NULL is not known. */
void student_check_id(const char *const fields[], struct buf *notes,
    struct buf *doubts);

#endif
