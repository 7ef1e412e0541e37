#ifndef TC_ODDKEYS_H
#define TC_ODDKEYS_H
/*
 * oddkeys: numbers of students that differ in form from all others of the roster.
 *
 * Where nearly all student or exam numbers are digits of one length, one of that length
 * with a letter or a sign in it is probably a typing error, and one with twice as many
 * digits is two numbers.  A longer or shorter one is of another kind, such as those of
 * students who transferred.
 */
struct roster;

/* Add a doubt to each such student. */
void oddkeys_doubt(struct roster *roster);

#endif
