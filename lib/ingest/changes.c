#include "lib/ingest/changes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"

enum { WORD = 16 };	/* hexadecimal digits */

/* One student as it was; the ledger's texts still have its json when it is told. */
struct was {
	struct textstore_place json;	/* len 0: there was none */
	uint64_t photo;		/* begin of its hash, 0 when there was none */
	int removed;
};

struct changes {
	struct was *was;	/* by record number */
	long count;		/* numbers given so far */
	int any;
};

/* What is different now. */
struct sum {
	long added, changed, removed, back;
	long first, replaced, lost;
};

struct changes *
changes_note(const struct ledger *ledger, const struct join_photo *photos)
{
	struct changes *changes = xcalloc(1, sizeof *changes);

	changes->count = ledger->last + 1;
	changes->was = xcalloc((size_t)changes->count, sizeof *changes->was);
	changes->any = ledger->student_count > 0;
	for (size_t i = 0; i < ledger->student_count; i++) {
		const struct ledger_student *student = &ledger->students[i];
		struct was *was;

		if (student->n <= 0 || student->n >= changes->count)
			continue;
		was = &changes->was[student->n];
		was->json = student->json;
		was->removed = student->removed;
		if (photos[i].entry != NULL)
			was->photo = hash_word(photos[i].entry->sha256, WORD);
	}
	return changes;
}

void
changes_free(struct changes *changes)
{
	if (changes == NULL)
		return;
	free(changes->was);
	free(changes);
}

/* The members that two students do not share, for differ. */
struct differing {
	const struct node *other;
	struct buf names;
	int missing_only;	/* names were listed by the first pass */
};

static void
differ(void *state, const char *name, struct node *value)
{
	struct differing *differing = state;
	struct node *other = node_get(differing->other, name);
	struct buf one = BUF_INIT, two = BUF_INIT;

	node_print(value, &one);
	if (other != NULL)
		node_print(other, &two);
	if (other == NULL || (!differing->missing_only &&
	    strcmp(one.data, two.data) != 0))
		buf_addf(&differing->names, "%s%s",
		    differing->names.len > 0 ? ", " : "", name);
	buf_release(&one);
	buf_release(&two);
}

static void
tell_fields(const char *batch, const struct ledger_student *student,
    const struct node *old, struct node *now)
{
	struct differing differing = { old, BUF_INIT, 0 };

	node_each(now, differ, &differing);
	differing.other = now;
	differing.missing_only = 1;
	node_each(old, differ, &differing);
	msg_note("record %s-%ld: the roster changed %s", batch, student->n,
	    differing.names.data);
	buf_release(&differing.names);
}

/* Whether what the roster says of a student changed; then it is told. */
static int
compare_texts(const struct was *was, const char *batch,
    const struct ledger *ledger, const struct ledger_student *student)
{
	struct ledger_student before = { .json = was->json };
	struct buf text = BUF_INIT;
	struct node *old, *now;
	int changed;

	if (was->json.at == student->json.at)
		return 0;
	buf_adds(&text, textstore_get(ledger->texts, was->json));
	changed = strcmp(text.data, textstore_get(ledger->texts,
	    student->json)) != 0;
	buf_release(&text);
	if (!changed)
		return 0;
	old = ledger_get_student(ledger, &before);
	now = ledger_get_student(ledger, student);
	tell_fields(batch, student, old, now);
	node_free(old);
	node_free(now);
	return 1;
}

static void
compare_photo(const struct was *was, const char *batch,
    const struct ledger_student *student, uint64_t photo, struct sum *sum)
{
	if (was->photo == photo)
		return;
	if (was->photo == 0) {
		sum->first++;
	} else if (photo == 0) {
		sum->lost++;
		msg_note("record %s-%ld: has its photo no more", batch,
		    student->n);
	} else {
		sum->replaced++;
		msg_note("record %s-%ld: has another photo", batch, student->n);
	}
}

static void
compare(const struct changes *changes, const struct ledger *ledger,
    const struct ledger_student *student, const struct join_photo *photo,
    const char *batch, struct sum *sum)
{
	static const struct was nothing;
	const struct was *was = student->n < changes->count ?
	    &changes->was[student->n] : &nothing;
	uint64_t now = photo->entry == NULL ? 0 :
	    hash_word(photo->entry->sha256, WORD);

	if (was->json.len == 0) {
		sum->added += !student->removed;
	} else if (student->removed != was->removed) {
		sum->removed += student->removed;
		sum->back += was->removed;
	} else if (!student->removed &&
	    compare_texts(was, batch, ledger, student)) {
		sum->changed++;
	}
	compare_photo(was, batch, student, now, sum);
}

void
changes_tell(const struct changes *changes, const struct ledger *ledger,
    const struct join_photo *photos, const char *batch)
{
	struct sum sum = { 0 };

	if (!changes->any)
		return;
	for (size_t i = 0; i < ledger->student_count; i++)
		compare(changes, ledger, &ledger->students[i], &photos[i],
		    batch, &sum);
	msg_note("students: %ld added, %ld changed, %ld removed, %ld back; "
	    "photos: %ld new, %ld replaced, %ld gone", sum.added, sum.changed,
	    sum.removed, sum.back, sum.first, sum.replaced, sum.lost);
}
