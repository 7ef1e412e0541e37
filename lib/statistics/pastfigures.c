#include "lib/statistics/pastfigures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"

/* The counts of a line and their names in the journal. */
static const struct {
	const char *name;
	size_t offset;
} counts[] = {
#define COUNT(name) { #name, offsetof(struct figures_line, name) }
	COUNT(expected), COUNT(taken), COUNT(passed), COUNT(first),
	COUNT(retakes), COUNT(review), COUNT(rejected), COUNT(missing)
#undef COUNT
};

static long *
count_of(struct figures_line *line, size_t index)
{
	return (long *)(void *)((char *)line + counts[index].offset);
}

static void
parse(const char *text, struct figures_line *total)
{
	struct buf ignored = BUF_INIT;
	struct node *node = text != NULL ? node_parse(text, strlen(text),
	    &ignored) : NULL;

	memset(total, 0, sizeof *total);
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		*count_of(total, i) = (long)node_integer(node, counts[i].name, 0);
	node_free(node);
	buf_release(&ignored);
}

static int
by_date(const void *left, const void *right)
{
	const struct pastfigures_day *a = left, *b = right;

	return strcmp(a->date, b->date);
}

size_t
pastfigures_load(const struct journal *journal, struct pastfigures_day **days)
{
	size_t count = 0, k;

	*days = NULL;
	for (size_t i = 0; i < journal_count(journal); i++) {
		const struct journal_answer *answer = journal_at(journal, i);

		if (answer->kind != JOURNAL_STATISTICS)
			continue;
		for (k = 0; k < count; k++)
			if (strcmp((*days)[k].date, answer->field) == 0)
				break;
		if (k == count)
			*days = xrealloc_array(*days, ++count, sizeof **days);
		snprintf((*days)[k].date, PASTFIGURES_DATE, "%s", answer->field);
		parse(answer->after, &(*days)[k].total);
	}
	pastfigures_sort(*days, count);
	return count;
}

void
pastfigures_sort(struct pastfigures_day *days, size_t count)
{
	mem_sort(days, count, sizeof *days, by_date);
}

const struct figures_line *
pastfigures_find(const struct pastfigures_day *days, size_t count, const char *date)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(days[i].date, date) == 0)
			return &days[i].total;
	return NULL;
}

int
pastfigures_record(const char *directory, const struct pastfigures_day *day, struct buf *err)
{
	struct figures_line total = day->total;
	struct node *node = node_object();
	struct buf text = BUF_INIT;
	struct journal_answer answer = { .kind = JOURNAL_STATISTICS,
	    .field = day->date, .role = "tool", .who = "tc-export" };
	struct batch *batch = batch_open(directory, BATCH_SHARED, NULL, err);
	int result = -1;

	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		node_set_integer(node, counts[i].name, *count_of(&total, i));
	node_print(node, &text);
	answer.after = text.data;
	if (batch != NULL) {
		result = journal_append(batch, &answer, 1, NULL, err);
		batch_close(batch);
	}
	node_free(node);
	buf_release(&text);
	return result;
}
