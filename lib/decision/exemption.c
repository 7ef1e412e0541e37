#include "lib/decision/exemption.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/profile/profile.h"

int
exemption_never(const struct profile *profile, const char *check)
{
	struct buf item = BUF_INIT;
	int never = 0;

	for (size_t i = 0; !never && profile_item(profile, "decisions",
	    "never_waived", i, &item); i++) {
		never = strncmp(check, item.data, item.len) == 0 &&
		    (check[item.len] == '\0' || check[item.len] == '.');
		buf_clear(&item);
	}
	buf_release(&item);
	return never;
}
