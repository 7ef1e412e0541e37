#include "lib/roster/scope.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/record/profile.h"

enum { YEAR = 4 };

/* Whether list, words with commas between them, has the word. */
static int
has_word(const char *list, const char *word)
{
	size_t len = strlen(word), own;

	for (; *list != '\0'; list += own) {
		list += strspn(list, ", ");
		own = strcspn(list, ", ");
		if (own == len && len > 0 && memcmp(list, word, len) == 0)
			return 1;
	}
	return 0;
}

static int
is_year(const char *text)
{
	return strspn(text, "0123456789") >= YEAR;
}

int
scope_excludes(const struct profile *profile, const char *class,
    const struct node *student, struct buf *reason)
{
	const char *status = node_text(student, "register_status");
	const char *date = node_text(student, "graduation_date");

	if (status != NULL && has_word(profile_text(profile, "scope",
	    "statuses_excluded"), status)) {
		buf_addf(reason, "the register status is '%s'", status);
		return 1;
	}
	if (date != NULL && is_year(date) && is_year(class) &&
	    profile_integer(profile, "scope", "later_excluded") != 0 &&
	    strncmp(date, class, YEAR) > 0) {
		buf_addf(reason, "graduation is expected in %.4s, after the "
		    "class of %.4s", date, class);
		return 1;
	}
	return 0;
}
