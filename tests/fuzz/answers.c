/*
 * answers: targets of what people sent back, as answers in the journal of a batch.
 */
#include <stdlib.h>

#include "lib/answers/inbox.h"
#include "lib/answers/replies.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/profile/profile.h"
#include "tests/fuzz/fuzz.h"

static const char roster[] = "{\"roster\":\"r.csv\",\"lines\":3}\n"
    "{\"n\":1,\"student\":{\"student_no\":\"20220101\",\"name\":\"张三\","
    "\"id_number\":\"329901200209020200\"}}\n"
    "{\"n\":2,\"student\":{\"student_no\":\"20220102\",\"name\":\"李四\"}}\n"
    "{\"n\":3,\"student\":{\"student_no\":\"20220103\",\"name\":\"王五\"}}\n";
static const char uploads[] = "{\"upload\":\"a.zip\",\"day\":\"2026-03-01\",\"junk\":0}\n"
    "{\"number\":1,\"name\":\"20220101.jpg\",\"kind\":\"picture\",\"bytes\":10,"
    "\"sha256\":\"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\","
    "\"format\":\"jpeg\",\"width\":10,\"height\":10,\"orientation\":1}\n"
    "{\"number\":2,\"name\":\"20220102.jpg\",\"kind\":\"picture\",\"bytes\":10,"
    "\"sha256\":\"dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd\","
    "\"format\":\"jpeg\",\"width\":10,\"height\":10,\"orientation\":1}\n"
    "{\"number\":3,\"name\":\"x.jpg\",\"kind\":\"picture\",\"bytes\":10,"
    "\"sha256\":\"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\","
    "\"format\":\"jpeg\",\"width\":10,\"height\":10,\"orientation\":1,\"n\":4}\n";

static struct ledger ledger;
static struct replies replies;

/* Three students, two of them with a photo, and a photo of nobody. */
static void
prepare(void)
{
	const struct batch *batch = fuzz_batch();

	fuzz_write_sealed("roster.ndjson", roster, sizeof roster - 1);
	fuzz_write_sealed("uploads.ndjson", uploads, sizeof uploads - 1);
	ledger_init(&ledger);
	replies.batch = batch;
	replies.ledger = &ledger;
	replies.profile = profile_load("jiangsu", &fuzz_err);
	replies.journal = journal_load(batch, &fuzz_err);
	replies.who = "fuzz";
	replies.accept_identity = 1;
	if (ledger_load(&ledger, batch, &fuzz_err) != 0 || ledger.student_count != 3 ||
	    replies.profile == NULL || replies.journal == NULL)
		abort();
	replies.photos = join_run(&ledger, replies.journal, batch->id);
}

static void
take(enum inbox_kind kind, const uint8_t *bytes, size_t len)
{
	struct inbox_file file = { kind, fuzz_file(bytes, len), 0, 0 };
	size_t refused = 0;

	if (replies.batch == NULL)
		prepare();
	replies_take(&replies, &file, &refused, &fuzz_err);
	journal_free(journal_load(replies.batch, &fuzz_err));
	fuzz_remove("decisions.ndjson");
	fuzz_remove("id");
}

#define ANSWERS(name, kind) \
void \
fuzz_##name(const uint8_t *bytes, size_t len) \
{ \
	take(kind, bytes, len); \
}
ANSWERS(corrections, INBOX_CORRECTIONS)
ANSWERS(exemptions, INBOX_EXEMPTIONS)
ANSWERS(links, INBOX_LINK)
ANSWERS(registered, INBOX_RESULT)
ANSWERS(trackings, INBOX_TRACKING)
ANSWERS(unlock, INBOX_UNLOCK)
