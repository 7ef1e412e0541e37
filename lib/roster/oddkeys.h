#ifndef TC_ODDKEYS_H
#define TC_ODDKEYS_H
/*
 * oddkeys: a number that is not written as the roster's others are.
 *
 * Where nearly all student or exam numbers are digits of one length, one of that length
 * with a letter or a sign in it is an error of typing more often than not, and one with
 * twice as many digits is two.  One that is longer or shorter is of another kind, such as
 * those of students who transferred.
 */
struct roster;

/* Note it of each such student, as a doubt. */
void oddkeys_doubt(struct roster *roster);

#endif
