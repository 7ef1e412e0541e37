#include "lib/answers/answerlist.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/batch/batch.h"

void
answerlist_init(struct answerlist *list)
{
	*list = (struct answerlist){ .pool = pool_new() };
}

void
answerlist_release(struct answerlist *list)
{
	pool_free(list->pool);
	free(list->items);
}

const char *
answerlist_keep(struct answerlist *list, const char *text)
{
	return text == NULL || *text == '\0' ? NULL : pool_text(list->pool,
	    pool_add(list->pool, text, strlen(text)));
}

const char *
answerlist_record(struct answerlist *list, const struct batch *batch, long n)
{
	struct buf record = BUF_INIT;
	const char *kept;

	buf_addf(&record, "%s-%ld", batch->id, n);
	kept = answerlist_keep(list, record.data);
	buf_release(&record);
	return kept;
}

struct journal_answer *
answerlist_add(struct answerlist *list, enum journal_kind kind)
{
	struct journal_answer *answer;

	if ((list->count & (list->count + 1)) == 0)
		list->items = xrealloc_array(list->items, 2 * list->count + 2,
		    sizeof *list->items);
	answer = &list->items[list->count++];
	*answer = (struct journal_answer){ .kind = kind };
	return answer;
}
