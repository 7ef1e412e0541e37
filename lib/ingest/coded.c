#include "lib/ingest/coded.h"

#include <stddef.h>

#include "lib/base/mask.h"
#include "lib/base/msg.h"
#include "lib/profile/profile.h"
#include "lib/roster/redact.h"

void
coded_option(const char *codes, const struct profile *profile)
{
	if (codes != NULL && !profile_by_code(profile))
		msg_die("--codes is for a profile with identity = capture_code, "
		    "which '%s' is not", profile_name(profile));
}

void
coded_roster(struct roster *roster, const struct profile *profile)
{
	size_t hidden;

	if (!profile_by_code(profile))
		return;
	hidden = redact_roster(roster, (enum mask_rule)mask_rule_parse(
	    profile_text(profile, "mask", "name")));
	if (hidden > 0)
		msg_warn("the roster holds full names or ID numbers in %zu rows, "
		    "which by 教学服〔2022〕10号 collectors must not be given: "
		    "masked names and the last four characters are kept", hidden);
}
