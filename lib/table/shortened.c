#include "lib/table/shortened.h"

#include <stddef.h>
#include <string.h>

#define DIGITS "0123456789"

enum { EXPONENT_DIGITS = 2 };

/* The length of the sign that text begins with, 0: with none of them. */
static size_t
sign_at(const char *text, const char *const *signs)
{
	for (; *signs != NULL; signs++)
		if (strncmp(text, *signs, strlen(*signs)) == 0)
			return strlen(*signs);
	return 0;
}

int
shortened(const char *text)
{
	static const char *const points[] = { ".", ",", "．", "，", NULL };
	static const char *const signs[] = { "+", "-", "＋", "－", NULL };
	size_t digits, point, sign;

	text += sign_at(text, signs);
	digits = strspn(text, DIGITS);
	if (digits == 0)
		return 0;
	text += digits;
	point = sign_at(text, points);
	if (point > 0)
		text += point + strspn(text + point, DIGITS);
	if ((*text | 0x20) != 'e')
		return 0;
	text++;
	sign = sign_at(text, signs);
	text += sign;
	/* "2022E11" may be a student's number */
	return (point > 0 || (sign > 0 && digits == 1)) &&
	    strspn(text, DIGITS) == strlen(text) &&
	    strlen(text) >= EXPONENT_DIGITS;
}
