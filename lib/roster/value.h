#ifndef TC_VALUE_H
#define TC_VALUE_H
/*
 * value: whether a cell can be a number that identifies a student, or a person's name.
 *
 * A row with such a value is a student's.  A damaged value (3.29901E+17, 刘?岚) shows that
 * the row is a student's but cannot be used.  Texts are tidied (text_tidy); clauses about
 * them are static.  Pure.
 */
enum value_kind {
	VALUE_NONE,		/* nothing, or something else: prose, a date */
	VALUE_DAMAGED,		/* was one, and cannot be used */
	VALUE_DOUBTFUL,		/* one that a person has to look at */
	VALUE_GOOD
};

/* Judge a number; id: of an ID document.  *trouble is why it is not good, or NULL. */
enum value_kind value_number(const char *text, int id, const char **trouble);
/* The same of a name. */
enum value_kind value_name(const char *text, const char **trouble);
/* Whether a text has lost characters: a replacement, a box, a question mark inside
 * words, a character of nobody's. */
int value_has_lost(const char *text);

/* Whether a text says that there is nothing ("无", "-", "/", "0"). */
int value_is_nothing(const char *text);

/* Whether it says only that it is as above ("同上", "〃"); whether it is a date, as
 * cells with a date's format read and as people write it (2026.3.1); whether it is a
 * mobile telephone's number; whether a part of a name is hidden (刘*岚). */
int value_is_ditto(const char *text);
int value_is_date(const char *text);
int value_is_phone(const char *text);
int value_is_masked(const char *name);
/* Whether it begins as notes do that stand where a name would: "（盖章）", "★李明". */
int value_is_framed(const char *text);

#endif
