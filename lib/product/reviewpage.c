#include "lib/product/reviewpage.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "lib/base/base64.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/node.h"
#include "lib/base/share.h"
#include "lib/product/preview.h"
#include "lib/product/reviewrecord.h"
#include "lib/record/batch.h"
#include "lib/record/profile.h"
#include "lib/record/stream.h"

enum { PART_MAX = 1 << 20, DAY_TEXT = 11 };

void
reviewpage_init(struct reviewpage *page, enum reviewpage_use use)
{
	page->use = use;
	page->count = 0;
	buf_init(&page->records);
}

void
reviewpage_release(struct reviewpage *page)
{
	buf_release(&page->records);
	page->count = 0;
}

/* ---- records ---- */

static void
add_picture(const struct batch *batch, enum preview_kind kind,
    const char *sha256, struct node *record, const char *member)
{
	struct buf bytes = BUF_INIT, uri = BUF_INIT;

	if (preview_read(batch, kind, sha256, &bytes) == 0) {
		buf_adds(&uri, "data:image/jpeg;base64,");
		base64_add(bytes.data, bytes.len, &uri);
		node_set_text(record, member, uri.data);
	}
	buf_release(&uri);
	buf_release(&bytes);
}

/* The day on which the upload came: its file is never modified after that. */
static void
add_day(const struct batch *batch, const struct node *photo,
    struct node *record)
{
	const char *name = node_text(node_get(photo, "source"), "path");
	struct buf path = BUF_INIT;
	struct stat status;
	struct tm utc;
	char day[DAY_TEXT];

	if (name == NULL)
		return;
	batch_path(batch, name, &path);
	if (stat(path.data, &status) == 0 &&
	    gmtime_r(&status.st_mtime, &utc) != NULL &&
	    strftime(day, sizeof day, "%Y-%m-%d", &utc) > 0)
		node_set_text(record, "since", day);
	buf_release(&path);
}

/* In the block of JSON nothing may look like the end of the block. */
static void
add_escaped(const struct buf *json, struct buf *out)
{
	size_t from = 0, i;

	for (i = 0; i < json->len; i++) {
		if (strchr("<>&", json->data[i]) == NULL)
			continue;
		buf_add(out, json->data + from, i - from);
		buf_addf(out, "\\u%04x", (unsigned)(unsigned char)json->data[i]);
		from = i + 1;
	}
	buf_add(out, json->data + from, json->len - from);
}

void
reviewpage_add(struct reviewpage *page, const struct segment *segment,
    const struct node *photo)
{
	const struct node *normalized = node_get(photo, "normalized");
	const char *result = node_text(normalized, "sha256");
	struct node *record = reviewrecord_make(photo, segment->profile);
	struct buf json = BUF_INIT, ignored = BUF_INIT;

	if (page->use == REVIEWPAGE_PROOF)
		preview_make(segment->batch, PREVIEW_RESULT,
		    node_text(normalized, "path"), result,
		    profile_integer(segment->profile, "ingest", "pixels_max"),
		    &ignored);
	else
		add_picture(segment->batch, PREVIEW_ORIGINAL, node_text(
		    node_get(photo, "source"), "sha256"), record, "original");
	add_picture(segment->batch, PREVIEW_RESULT, result, record, "result");
	add_day(segment->batch, photo, record);
	node_print(record, &json);
	if (page->count++ > 0)
		buf_adds(&page->records, ",\n");
	add_escaped(&json, &page->records);
	buf_release(&ignored);
	buf_release(&json);
	node_free(record);
}

/* ---- the file ---- */

static int
read_part(const char *name, struct buf *out, struct buf *err)
{
	struct buf path = BUF_INIT;
	int result;

	share_path(name, &path);
	result = io_read_file(path.data, PART_MAX, out, err);
	buf_release(&path);
	return result;
}

/* 'sha256-...' of what stands between a block's tags. */
static void
add_source_hash(const struct buf *text, struct buf *out)
{
	char hex[HASH_TEXT];
	unsigned char bytes[(HASH_TEXT - 1) / 2];
	static const char digits[] = "0123456789abcdef";

	hash_bytes(text->data, text->len, hex);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)((strchr(digits, hex[2 * i]) - digits)
		    * 16 + (strchr(digits, hex[2 * i + 1]) - digits));
	buf_adds(out, "'sha256-");
	base64_add(bytes, sizeof bytes, out);
	buf_addc(out, '\'');
}

static void
add_policy(const struct buf *style, const struct buf *script, struct buf *out)
{
	buf_adds(out, "default-src 'none'; img-src data:; base-uri 'none'; "
	    "form-action 'none'; style-src ");
	add_source_hash(style, out);
	buf_adds(out, "; script-src ");
	add_source_hash(script, out);
}

/* {"use", "batch", ..., "records": without the records and what ends it. */
static void
add_head(const struct reviewpage *page, const struct segment *segment,
    int number, struct buf *out)
{
	const struct batch *batch = segment->batch;
	struct node *head = node_object();
	struct buf json = BUF_INIT;

	node_set_text(head, "use", page->use == REVIEWPAGE_PROOF ? "proof" :
	    "review");
	node_set_integer(head, "format", 1);
	node_set_text(head, "batch", batch->id);
	node_set_text(head, "school_code", batch->school_code);
	node_set_text(head, "school", batch->school_name);
	node_set_text(head, "class", batch->class);
	node_set_text(head, "date", batch->date);
	node_set_integer(head, "number", number);
	node_print(head, &json);
	json.data[--json.len] = '\0';
	add_escaped(&json, out);
	buf_adds(out, ",\"records\":[\n");
	node_free(head);
	buf_release(&json);
}

/* Replace each @NAME@ of the frame by its part. */
static void
fill(const struct buf *frame, const char *const names[],
    const struct buf *const parts[], struct buf *html)
{
	const char *at = frame->data, *next;

	while ((next = strchr(at, '@')) != NULL) {
		size_t i, len = 0;

		for (i = 0; names[i] != NULL; i++) {
			len = strlen(names[i]);
			if (strncmp(next, names[i], len) == 0)
				break;
		}
		buf_add(html, at, (size_t)(next - at));
		if (names[i] != NULL)
			buf_add(html, parts[i]->data, parts[i]->len);
		else
			buf_addc(html, '@');
		at = next + (names[i] != NULL ? len : 1);
	}
	buf_adds(html, at);
}

int
reviewpage_print(struct reviewpage *page, const struct segment *segment,
    int number, struct buf *html, struct buf *err)
{
	static const char *const names[] = { "@POLICY@", "@STYLE@", "@SCRIPT@",
	    "@DATA@", NULL };
	struct buf frame = BUF_INIT, policy = BUF_INIT, style = BUF_INIT;
	struct buf script = BUF_INIT, data = BUF_INIT;
	const struct buf *const parts[] = { &policy, &style, &script, &data };
	int result = -1;

	if (read_part("review/page.html", &frame, err) == 0 &&
	    read_part("review/page.css", &style, err) == 0 &&
	    read_part("review/page.js", &script, err) == 0) {
		add_policy(&style, &script, &policy);
		add_head(page, segment, number, &data);
		buf_add(&data, page->records.data, page->records.len);
		buf_adds(&data, "\n]}\n");
		fill(&frame, names, parts, html);
		buf_clear(&page->records);
		page->count = 0;
		result = 0;
	}
	buf_release(&data);
	buf_release(&script);
	buf_release(&style);
	buf_release(&policy);
	buf_release(&frame);
	return result;
}
