#include "lib/answers/inbox.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/roster/answertable.h"

/* "2026-11-28T09:30:00Z", with what people's programs make of it; -1: none. */
static long long
parse_time(const char *text)
{
	struct tm at = { 0 };
	int seconds = 0, got;

	got = sscanf(text, "%4d%*1[-/]%2d%*1[-/]%2d%*1[T ]%2d:%2d:%2d", &at.tm_year,
	    &at.tm_mon, &at.tm_mday, &at.tm_hour, &at.tm_min, &seconds);
	if (got < 3)
		return -1;
	at.tm_year -= 1900;
	at.tm_mon--;
	at.tm_sec = seconds;
	return timegm(&at);
}

static long long
newest_row(const char *path, const struct profile *profile)
{
	static const unsigned int needed[] = { ANSWERTABLE_BIT(ANSWERTABLE_TIME), 0 };
	struct buf ignored = BUF_INIT;
	struct answertable *answers = answertable_read(path, needed, profile,
	    &ignored);
	long long newest = -1, one;

	while (answers != NULL && answertable_next(answers)) {
		one = parse_time(answertable_text(answers, ANSWERTABLE_TIME, NULL));
		if (one > newest)
			newest = one;
	}
	answertable_free(answers);
	buf_release(&ignored);
	return newest;
}

static long long
time_of(const struct inbox_file *file, const struct profile *profile)
{
	struct stat status;
	long long newest;

	if (file->kind == INBOX_FEEDBACK)
		return LLONG_MAX;
	newest = file->kind == INBOX_CORRECTIONS ? newest_row(file->path, profile) : -1;
	if (newest >= 0)
		return newest;
	return stat(file->path, &status) == 0 ? (long long)status.st_mtime : 0;
}

static int
by_time(const void *left, const void *right)
{
	const struct inbox_file *a = left, *b = right;

	if (a->time != b->time)
		return a->time < b->time ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

void
inbox_sort(struct inbox_file *files, size_t count, const struct profile *profile)
{
	for (size_t i = 0; i < count; i++) {
		files[i].time = count > 1 ? time_of(&files[i], profile) : 0;
		files[i].place = i;
	}
	mem_sort(files, count, sizeof *files, by_time);
}
