#include "lib/ingest/changes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/decision/person.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"

enum { WORD = 16 };	/* hexadecimal digits */

/* One student as it was; the ledger's texts still have its json when it is reported. */
struct was {
	struct textstore_place json;	/* len 0: there was none */
	uint64_t photo;		/* begin of its hash, 0 when there was none */
	int removed;
	int known;		/* still, when changes are reported */
};

struct changes {
	struct was *was;	/* by record number */
	long count;		/* numbers given so far */
	int any;
};

/* What is different now. */
struct sum {
	long added, changed, removed, dropped, back;
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

/* One line of a student; what is a whole sentence with the record before it. */
static void
tell_student(const char *batch, long n, const struct node *student, const char *what)
{
	struct buf who = BUF_INIT;

	person_add(student, &who);
	msg_note("record %s-%ld: %s (%s)", batch, n, what, who.data);
	buf_release(&who);
}

static void
tell_fields(const char *batch, const struct ledger_student *student,
    const struct node *old, const struct node *now)
{
	struct node *names = node_differing(now, old);
	struct buf what = BUF_INIT;

	buf_adds(&what, "the roster changed ");
	for (size_t i = 0; i < node_count(names); i++)
		buf_addf(&what, "%s%s", i > 0 ? ", " : "", node_text_at(names, i));
	tell_student(batch, student->n, now, what.data);
	node_free(names);
	buf_release(&what);
}

/* Whether what the roster says of a student changed; then it is reported. */
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

/* A student who was there and is in the ledger in another state. */
static void
compare_place(const struct was *was, const char *batch, const struct ledger *ledger,
    const struct ledger_student *student, struct sum *sum)
{
	struct node *node = ledger_get_student(ledger, student);

	tell_student(batch, student->n, node, was->removed ? "is in the roster again" :
	    "is not in the roster any more");
	sum->removed += !was->removed;
	sum->back += was->removed;
	node_free(node);
}

static void
compare_photo(const struct was *was, const char *batch, const struct ledger *ledger,
    const struct ledger_student *student, uint64_t photo, struct sum *sum)
{
	struct node *node;

	if (was->photo == photo)
		return;
	if (was->photo == 0) {
		sum->first++;
		return;
	}
	sum->lost += photo == 0;
	sum->replaced += photo != 0;
	node = ledger_get_student(ledger, student);
	tell_student(batch, student->n, node, photo == 0 ? "no longer has a photo" :
	    "has another photo");
	node_free(node);
}

static void
compare(struct changes *changes, const struct ledger *ledger,
    const struct ledger_student *student, const struct join_photo *photo,
    const char *batch, struct sum *sum)
{
	struct was nothing = { .known = 0 };
	struct was *was = student->n < changes->count ? &changes->was[student->n] :
	    &nothing;
	uint64_t now = photo->entry == NULL ? 0 :
	    hash_word(photo->entry->sha256, WORD);

	was->known = 1;
	if (was->json.len == 0)
		sum->added += !student->removed;
	else if (student->removed != was->removed)
		compare_place(was, batch, ledger, student, sum);
	else if (!student->removed && compare_texts(was, batch, ledger, student))
		sum->changed++;
	compare_photo(was, batch, ledger, student, now, sum);
}

/* Who had no photo and is in no roster any more has no record either. */
static void
tell_dropped(const struct changes *changes, const struct ledger *ledger,
    const char *batch, struct sum *sum)
{
	for (long n = 0; n < changes->count; n++) {
		struct ledger_student before = { .json = changes->was[n].json };
		struct node *node;

		if (changes->was[n].json.len == 0 || changes->was[n].known)
			continue;
		sum->dropped++;
		node = ledger_get_student(ledger, &before);
		tell_student(batch, n, node, "is not in the roster any more and has no "
		    "photo");
		node_free(node);
	}
}

void
changes_tell(struct changes *changes, const struct ledger *ledger,
    const struct join_photo *photos, const char *batch)
{
	struct sum sum = { 0 };

	if (!changes->any && !dryrun_is())
		return;
	for (size_t i = 0; i < ledger->student_count; i++)
		compare(changes, ledger, &ledger->students[i], &photos[i],
		    batch, &sum);
	tell_dropped(changes, ledger, batch, &sum);
	msg_note("students: %ld added, %ld changed, %ld removed, %ld dropped, %ld back; "
	    "photos: %ld new, %ld replaced, %ld gone", sum.added, sum.changed,
	    sum.removed, sum.dropped, sum.back, sum.first, sum.replaced, sum.lost);
}
