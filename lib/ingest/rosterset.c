#include "lib/ingest/rosterset.h"

#include <string.h>
#include <sys/stat.h>

#include "lib/archive/entrymask.h"
#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "lib/ingest/coded.h"
#include "lib/ingest/recognize.h"
#include "lib/roster/roster.h"
#include "lib/roster/rosterin.h"

enum { SECOND = 1000000000 };

/* When a file was changed last, in nanoseconds; 0 when nobody knows. */
static long long
time_of(const char *path)
{
	struct stat status;

	return stat(path, &status) == -1 ? 0 :
	    (long long)status.st_mtim.tv_sec * SECOND + status.st_mtim.tv_nsec;
}

void
rosterset_read(const char *path, int group, const struct roster_options *options,
    const struct profile *profile, struct roster *given)
{
	struct buf err = BUF_INIT, name = BUF_INIT, shown = BUF_INIT;

	entryname_decode(entryname_base(path), strlen(entryname_base(path)), 1,
	    &name);
	buf_addc(&shown, '\'');
	entrymask_file(name.data, &shown);
	buf_addc(&shown, '\'');
	roster_add_file(given, name.data, "", time_of(path), group);
	if (rosterin_read(path, shown.data, options, profile, given, &err) ==
	    -1) {
		recognize_advise(path, "roster", profile);
		msg_die("%s", err.data);
	}
	buf_release(&shown);
	buf_release(&name);
	buf_release(&err);
}

void
rosterset_settle(struct roster *given, struct roster *found,
    const struct roster_batch *batch, const struct profile *profile)
{
	struct roster *roster = given->file_count > 0 ? given : found;

	if (roster->file_count == 0)
		return;
	roster_settle(roster, batch);
	coded_roster(roster, profile);
	for (size_t i = 0; roster == given && i < found->file_count; i++)
		roster_add_gap(given, ROSTER_FILE, -1, 0, found->files[i].shown,
		    "-r names others");
}
