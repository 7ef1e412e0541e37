#include "lib/decision/reasons.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"

enum { SPELLINGS = 3 };

static int
is_called(size_t check, const char *folded)
{
	struct buf known = BUF_INIT;
	int same = 0;

	for (size_t i = 0; i < SPELLINGS && !same; i++) {
		buf_clear(&known);
		text_fold(reasons_spelling(check, i), &known);
		same = strcmp(known.data, folded) == 0;
	}
	buf_release(&known);
	return same;
}

const char *
reasons_id(const char *name)
{
	struct buf folded = BUF_INIT;
	const char *id = NULL;
	int found = 0;

	text_fold(name, &folded);
	for (size_t i = 0; reasons_spelling(i, 0) != NULL; i++)
		if (is_called(i, folded.data)) {
			id = reasons_spelling(i, 0);
			found++;
		}
	buf_release(&folded);
	return found == 1 ? id : NULL;
}

enum language
reasons_language(void)
{
	static const char *const variables[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES",
	    "LANG" };
	const char *value;
	size_t i;

	for (i = 0; i < sizeof variables / sizeof *variables; i++) {
		value = getenv(variables[i]);
		if (value != NULL && *value != '\0')
			return strncmp(value, "zh", 2) == 0 ? LANGUAGE_CHINESE :
			    LANGUAGE_ENGLISH;
	}
	return LANGUAGE_ENGLISH;
}
