/*
 * batches: targets of manifests and of files that a batch keeps.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/hash.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/batch/seal.h"
#include "lib/check/earlier.h"
#include "lib/check/likenessindex.h"
#include "lib/decision/choose.h"
#include "lib/intake/ledger.h"
#include "lib/intake/uploadstate.h"
#include "lib/stream/census.h"
#include "tests/fuzz/fuzz.h"

enum { ENTRIES = 8, INDEX_HEAD = 16 };

void
fuzz_json(const uint8_t *bytes, size_t len)
{
	struct node *node = node_parse((const char *)bytes, len, &fuzz_err);
	struct buf out = BUF_INIT;

	if (node != NULL)
		node_print(node, &out);
	node_free(node);
	buf_release(&out);
}

void
fuzz_record(const uint8_t *bytes, size_t len)
{
	struct node *node = node_parse((const char *)bytes, len, &fuzz_err);
	struct census census;

	census_begin(&census, "abcdefgh");
	if (node_is_object(node) && census_add(&census, node, &fuzz_err) == 0)
		census_compare(&census, node, &fuzz_err);
	census_release(&census);
	node_free(node);
}

void
fuzz_journal(const uint8_t *bytes, size_t len)
{
	fuzz_write("decisions.ndjson", bytes, len);
	journal_free(journal_load(fuzz_batch(), &fuzz_err));
}

void
fuzz_ledger(const uint8_t *bytes, size_t len)
{
	struct ledger read;

	ledger_init(&read);
	fuzz_write_sealed("uploads.ndjson", bytes, len);
	fuzz_write_sealed("roster.ndjson", bytes, len);
	ledger_load(&read, fuzz_batch(), &fuzz_err);
	ledger_release(&read);
}

void
fuzz_seen(const uint8_t *bytes, size_t len)
{
	struct ledger empty;
	struct uploadstate seen = { 0 };

	ledger_init(&empty);
	fuzz_write("seen", bytes, len);
	uploadstate_load(&seen, fuzz_batch(), &empty);
	uploadstate_release(&seen);
	ledger_release(&empty);
}

void
fuzz_choices(const uint8_t *bytes, size_t len)
{
	fuzz_write_sealed("chosen.json", bytes, len);
	node_free(choices_load(fuzz_batch(), &fuzz_err));
}

void
fuzz_seal(const uint8_t *bytes, size_t len)
{
	struct buf content = BUF_INIT;

	buf_add(&content, bytes, len);
	if (seal_take(&content) != 0) {
		seal_add(&content);
		if (seal_take(&content) != 0 || content.len != len)
			abort();
	}
	buf_release(&content);
}

/* An index with the right sum behind it. */
void
fuzz_likeness(const uint8_t *bytes, size_t len)
{
	struct likenessindex_entry entries[ENTRIES];
	struct likenessindex_index index;
	struct hash *hash = hash_new();
	struct buf content = BUF_INIT;
	char sum[HASH_TEXT];
	FILE *file;

	buf_add(&content, bytes, len);
	if (len > INDEX_HEAD)
		hash_add(hash, bytes + INDEX_HEAD, len - INDEX_HEAD);
	hash_add(hash, bytes, len < INDEX_HEAD ? len : INDEX_HEAD);
	hash_end(hash, sum);
	buf_adds(&content, sum);
	file = fopen(fuzz_file(content.data, content.len), "r");
	if (file != NULL && likenessindex_is(file) &&
	    likenessindex_open(&index, file, &fuzz_err) == 0)
		likenessindex_read(&index, 0, entries, ENTRIES, &fuzz_err);
	if (file != NULL)
		fclose(file);
	buf_release(&content);
}

/* A manifest of last year, or an index. */
void
fuzz_earlier(const uint8_t *bytes, size_t len)
{
	struct earlier *earlier = earlier_new();

	earlier_add(earlier, fuzz_file(bytes, len), fuzz_batch(), &fuzz_err);
	earlier_free(earlier);
}
