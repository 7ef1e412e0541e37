#ifndef TC_PEOPLE_H
#define TC_PEOPLE_H
/*
 * people: the students of a ledger, found by token, record number or student's number.
 */
#include <stddef.h>	/* size_t */

struct ledger;
struct node;
struct people;

enum { PEOPLE_NOBODY = -1 };

/* ledger is borrowed. */
struct people *people_new(const struct ledger *ledger, const char *batch);
void people_free(struct people *people);	/* NULL is fine */

/* The student of a token of this batch, or PEOPLE_NOBODY; what follows a dot is ignored. */
long people_of_token(const struct people *people, const char *token);
/* The student whose record has this number, or PEOPLE_NOBODY. */
long people_of_number(const struct people *people, long n);
/* The one student who has this value as student number, else as exam number, else as ID
 * number; or PEOPLE_NOBODY. */
long people_of_value(const struct people *people, const char *value);

/* The member "student", and one of its texts ("" when absent), borrowed. */
const struct node *people_student(const struct people *people, long student);
const char *people_text(const struct people *people, long student,
    const char *field);

/* The names of all, for mask_entry_name: NULL at the end. */
const char *const *people_names(const struct people *people);

#endif
