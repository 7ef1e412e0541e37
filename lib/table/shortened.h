#ifndef TC_SHORTENED_H
#define TC_SHORTENED_H
/*
 * shortened: long numbers that a spreadsheet program wrote in scientific notation.
 */

/* Whether a text is one: "3.29901E+17", "2.02201e+011", with a comma and wide
 * signs, too; not "2022E11". */
int shortened(const char *text);

#endif
