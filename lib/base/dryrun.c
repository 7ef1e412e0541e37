#include "lib/base/dryrun.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/msg.h"

/* What standard output was, of which a process has one; NULL: no dry run. */
static FILE *shown;

void
dryrun_start(void)
{
	int before = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

	shown = before >= 0 ? fdopen(before, "w") : NULL;
	if (shown == NULL || nothing < 0 || dup2(nothing, STDOUT_FILENO) < 0)
		msg_die("cannot write standard output: %s", strerror(errno));
	close(nothing);
	setvbuf(shown, NULL, _IOLBF, BUFSIZ);
	msg_set_notes(shown);
}

int
dryrun_is(void)
{
	return shown != NULL;
}

int
dryrun_end(void)
{
	int failed;

	if (shown == NULL)
		return 0;
	failed = ferror(shown);
	return fclose(shown) != 0 || failed ? -1 : 0;
}
