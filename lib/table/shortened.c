#include "lib/table/shortened.h"

#include <string.h>

#define DIGITS "0123456789"

enum { EXPONENT_DIGITS = 2 };

int
shortened(const char *text)
{
	int point = 0, sign = 0;
	size_t digits;

	text += *text == '-' || *text == '+';
	digits = strspn(text, DIGITS);
	if (digits == 0)
		return 0;
	text += digits;
	if (*text == '.') {
		point = 1;
		text += 1 + strspn(text + 1, DIGITS);
	}
	if ((*text | 0x20) != 'e')
		return 0;
	text++;
	if (*text == '+' || *text == '-') {
		sign = 1;
		text++;
	}
	/* "2022E11" may be a student's number */
	return (point || (sign && digits == 1)) &&
	    strspn(text, DIGITS) == strlen(text) &&
	    strlen(text) >= EXPONENT_DIGITS;
}
