#include "lib/decision/reasons.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/suggest.h"
#include "lib/base/text.h"
#include "lib/profile/profile.h"

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

void
reasons_suggest(const char *name, const struct profile *profile, struct buf *out)
{
	const char *known = reasons_id(name), *id;
	struct buf called = BUF_INIT;
	struct suggest suggest;

	if (profile_has_check(profile, known != NULL ? known : name))
		return;
	suggest_begin(&suggest, name);
	for (size_t i = 0; (id = profile_check_at(profile, i)) != NULL; i++) {
		suggest_consider(&suggest, id, strlen(id));
		for (int language = LANGUAGE_ENGLISH; language <= LANGUAGE_CHINESE; language++) {
			buf_clear(&called);
			reasons_name(id, (enum language)language, &called);
			suggest_consider(&suggest, called.data, called.len);
		}
	}
	suggest_say(&suggest, out);
	buf_release(&called);
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

enum language
reasons_of_profile(const struct profile *profile)
{
	return strcmp(profile_text(profile, "profile", "language"), "zh") == 0 ?
	    LANGUAGE_CHINESE : LANGUAGE_ENGLISH;
}
