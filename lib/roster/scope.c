#include "lib/roster/scope.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/profile/profile.h"

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
scope_is_year(const char *class, const struct node *student)
{
	const char *date = node_text(student, "graduation_date");

	return date != NULL && is_year(date) && is_year(class) &&
	    strncmp(date, class, YEAR) == 0;
}

static int
excludes_status(const struct profile *profile, const char *status, struct buf *reason)
{
	const char *included = profile_text(profile, "scope", "statuses_included");

	if (status == NULL || *status == '\0')
		return 0;
	if (has_word(profile_text(profile, "scope", "statuses_excluded"), status))
		buf_addf(reason, "the register status is '%s'", status);
	else if (strcmp(included, "any") != 0 && !has_word(included, status))
		buf_addf(reason, "the register status is '%s', which the profile does not "
		    "include", status);
	else
		return 0;
	return 1;
}

static int
excludes_year(const struct profile *profile, const char *class, const char *date,
    struct buf *reason)
{
	int order;

	if (date == NULL || !is_year(date) || !is_year(class))
		return 0;
	order = strncmp(date, class, YEAR);
	if (order > 0 && profile_integer(profile, "scope", "later_excluded") != 0)
		buf_addf(reason, "graduation is expected in %.4s, after the class of %.4s",
		    date, class);
	else if (order < 0 && profile_integer(profile, "scope", "earlier_excluded") != 0)
		buf_addf(reason, "graduation was expected in %.4s, before the class of %.4s",
		    date, class);
	else
		return 0;
	return 1;
}

/* Where a profile makes payment a condition: the roster's words for who has not paid. */
static int
excludes_unpaid(const struct profile *profile, const char *paid, struct buf *reason)
{
	const char *words = profile_text(profile, "scope", "unpaid");

	if (paid == NULL || strcmp(words, "none") == 0 || !has_word(words, paid))
		return 0;
	buf_addf(reason, "the roster says of the fee: '%s'", paid);
	return 1;
}

int
scope_excludes(const struct profile *profile, const char *class,
    const struct node *student, struct buf *reason)
{
	return excludes_status(profile, node_text(student, "register_status"), reason) ||
	    excludes_year(profile, class, node_text(student, "graduation_date"), reason) ||
	    excludes_unpaid(profile, node_text(student, "fee_paid"), reason);
}
