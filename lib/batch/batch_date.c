#include "lib/batch/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void
batch_today(char date[static 11])
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	time_t now = fixed != NULL ? (time_t)strtoll(fixed, NULL, 10) : time(NULL);
	struct tm day;

	localtime_r(&now, &day);
	strftime(date, 11, "%Y-%m-%d", &day);
}

long long
batch_time(const struct batch *batch)
{
	struct tm noon;

	memset(&noon, 0, sizeof noon);
	noon.tm_hour = 12;
	if (strptime(batch->date, "%Y-%m-%d", &noon) == NULL)
		return 0;
	return (long long)timegm(&noon);
}
