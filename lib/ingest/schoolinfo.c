#include "lib/ingest/schoolinfo.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/ingest/recognize.h"
#include "lib/roster/schools.h"

#define SCHOOL_FILE "school.json"

enum { SCHOOL_FILE_MAX = 1 << 16 };

static int
load(const struct batch *batch, struct node **particulars, struct buf *err)
{
	struct buf text = BUF_INIT;
	int found = batch_load_sealed(batch, SCHOOL_FILE, SCHOOL_FILE_MAX, &text, err);

	if (found == 1) {
		*particulars = node_parse(text.data, text.len, err);
		found = *particulars != NULL ? 0 : -1;
	}
	buf_release(&text);
	return found;
}

static int
store(const struct batch *batch, const struct node *particulars, struct buf *err)
{
	struct buf text = BUF_INIT;
	int result;

	node_print(particulars, &text);
	buf_addc(&text, '\n');
	result = batch_store_sealed(batch, SCHOOL_FILE, text.data, text.len, err);
	buf_release(&text);
	return result;
}

static int
take_name(struct batch *batch, const char *name, struct buf *err)
{
	const struct batch_identity identity = { NULL, name, NULL };

	if (name == NULL)
		return 0;
	if (*batch->school_name != '\0' && strcmp(batch->school_name, name) != 0)
		msg_warn("the batch's school is called '%s', and '%s' in the table of "
		    "schools", batch->school_name, name);
	return batch_identify(batch, &identity, err);
}

static void
tell_outside(const struct node *outside)
{
	for (size_t i = 0; i < node_count(outside); i++)
		msg_warn("%s", node_text_at(outside, i));
}

int
schoolinfo_take(struct batch *batch, const char *path,
    const struct profile *profile, struct node **particulars, struct buf *err)
{
	*particulars = NULL;
	if (path == NULL) {
		if (load(batch, particulars, err) != 0)
			return -1;
		tell_outside(node_get(*particulars, "outside"));
		return 0;
	}
	if (*batch->school_code == '\0') {
		buf_adds(err, "the school's code is not known, by which it is looked "
		    "up in the table of schools: give -s");
		return -1;
	}
	*particulars = schools_find(path, batch->school_code,
	    (int)strtol(batch->date, NULL, 10), profile, err);
	if (*particulars == NULL) {
		recognize_advise(path, "schools", profile);
		return -1;
	}
	tell_outside(node_get(*particulars, "outside"));
	if (take_name(batch, node_text(*particulars, "name"), err) == 0 &&
	    store(batch, *particulars, err) == 0)
		return 0;
	node_free(*particulars);
	*particulars = NULL;
	return -1;
}
