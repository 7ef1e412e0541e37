#include "lib/review/reviewpage.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/base64.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/product/markup.h"
#include "lib/product/preview.h"
#include "lib/profile/profile.h"
#include "lib/review/reviewrecord.h"
#include "lib/stream/stream.h"

enum {
	DAY_TEXT = 11, IMAGE_MAX = 1 << 20,
	/* of the file, what is around the records and the largest record with others */
	RECORD_MAX = 3 << 20
};

void
reviewpage_init(struct reviewpage *page, enum reviewpage_use use)
{
	page->use = use;
	page->full_names = 0;
	page->count = 0;
	buf_init(&page->records);
	buf_init(&page->pictures);
}

void
reviewpage_release(struct reviewpage *page)
{
	buf_release(&page->records);
	buf_release(&page->pictures);
	page->count = 0;
}

/* ---- records ---- */

static struct node *
list_of(struct node *object, const char *member)
{
	struct node *list = node_get(object, member);

	return list != NULL ? list : node_set(object, member, node_array());
}

static void
set_uri(struct node *record, const char *member, const struct buf *jpeg)
{
	struct buf uri = BUF_INIT;

	buf_adds(&uri, "data:image/jpeg;base64,");
	base64_add(jpeg->data, jpeg->len, &uri);
	node_set_text(record, member, uri.data);
	buf_release(&uri);
}

static void
add_upload(const struct batch *batch, const struct node *photo,
    struct node *pictures)
{
	struct buf bytes = BUF_INIT;
	struct box head;
	struct node *box;

	if (preview_read(batch, photo, PREVIEW_WHOLE, &bytes) == 0)
		set_uri(pictures, "original", &bytes);
	buf_clear(&bytes);
	if (preview_head(photo, &head) &&
	    preview_read(batch, photo, PREVIEW_HEAD, &bytes) == 0) {
		set_uri(pictures, "head", &bytes);
		box = node_set(pictures, "head_box", node_array());
		node_append_real(box, head.x, 0);
		node_append_real(box, head.y, 0);
		node_append_real(box, head.w, 0);
		node_append_real(box, head.h, 0);
		node_set_real(pictures, "head_scale", preview_head_scale(&head), 6);
	}
	buf_release(&bytes);
}

/* The registration image as it is. */
static int
add_result(const struct batch *batch, const struct node *photo,
    struct node *pictures, struct buf *err)
{
	const struct node *normalized = node_get(photo, "normalized");
	const char *name = node_text(normalized, "path");
	const char *expected = node_text(normalized, "sha256");
	struct buf path = BUF_INIT, bytes = BUF_INIT, why = BUF_INIT;
	char sum[HASH_TEXT];
	int result = 0;

	if (name == NULL || expected == NULL)
		return 0;
	batch_path(batch, name, &path);
	if (io_read_file(path.data, IMAGE_MAX, &bytes, &why) == 0) {
		hash_bytes(bytes.data, bytes.len, sum);
		if (strcmp(sum, expected) == 0)
			set_uri(pictures, "result", &bytes);
	} else if (access(path.data, F_OK) == 0) {
		buf_adds(err, why.data);
		result = -1;
	}
	buf_release(&why);
	buf_release(&bytes);
	buf_release(&path);
	return result;
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

/* Of a photo that another is suspected to be: who, and the upload. */
static void
add_other(const struct reviewpage *page, const struct segment *segment,
    const struct node *photo, struct node *record, struct node *pictures)
{
	static const char *const members[] = { "id", "name", "student_no",
	    "college", "class", "status", "status_zh", "image" };
	struct node *all = reviewrecord_make(photo, segment->profile,
	    page->full_names);
	struct node *other = node_append(list_of(record, "others"), node_object());

	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (node_get(all, members[i]) != NULL)
			node_set(other, members[i],
			    node_copy(node_get(all, members[i])));
	add_upload(segment->batch, photo, node_append(list_of(pictures, "others"),
	    node_object()));
	node_free(all);
}

/* Pictures are in blocks of their own, which are read when they are shown: a page
 * opens as fast with many as with few. */
static void
add_pictures(struct reviewpage *page, const struct node *pictures)
{
	buf_addf(&page->pictures, "<script type=\"application/json\" id=\"p%d\">",
	    page->count);
	node_print(pictures, &page->pictures);	/* base64 and numbers: no markup */
	buf_adds(&page->pictures, "</script>\n");
}

int
reviewpage_add(struct reviewpage *page, const struct segment *segment,
    const struct node *photo, const struct node *const *others,
    size_t other_count, struct buf *err)
{
	struct node *record = reviewrecord_make(photo, segment->profile,
	    page->full_names), *pictures = node_object();
	struct buf json = BUF_INIT;
	int result;

	if (page->use == REVIEWPAGE_REVIEW)
		add_upload(segment->batch, photo, pictures);
	result = add_result(segment->batch, photo, pictures, err);
	for (size_t i = 0; i < other_count; i++)
		add_other(page, segment, others[i], record, pictures);
	add_day(segment->batch, photo, record);
	add_pictures(page, pictures);
	node_print(record, &json);
	if (page->count++ > 0)
		buf_adds(&page->records, ",\n");
	add_escaped(&json, &page->records);
	buf_release(&json);
	node_free(pictures);
	node_free(record);
	return result;
}

int
reviewpage_is_full(const struct reviewpage *page)
{
	return page->count == REVIEWPAGE_RECORDS_MAX ||
	    page->records.len + page->pictures.len >
	    REVIEWPAGE_BYTES_MAX - RECORD_MAX;
}

/* ---- the file ---- */

static void
add_policy(const struct buf *style, const struct buf *script, struct buf *out)
{
	buf_adds(out, "default-src 'none'; img-src data:; base-uri 'none'; "
	    "form-action 'none'; style-src ");
	markup_hash(style, out);
	buf_adds(out, "; script-src ");
	markup_hash(script, out);
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

int
reviewpage_print(struct reviewpage *page, const struct segment *segment,
    int number, struct buf *html, struct buf *err)
{
	static const char *const names[] = { "@POLICY@", "@STYLE@", "@SCRIPT@",
	    "@DATA@", "@PICTURES@", NULL };
	struct buf frame = BUF_INIT, policy = BUF_INIT, style = BUF_INIT;
	struct buf script = BUF_INIT, data = BUF_INIT;
	const struct buf *const parts[] = { &policy, &style, &script, &data,
	    &page->pictures };
	int result = -1;

	if (markup_part("review/page.html", &frame, err) == 0 &&
	    markup_part("review/page.css", &style, err) == 0 &&
	    markup_part("review/viewer.js", &script, err) == 0 &&
	    markup_part("review/page.js", &script, err) == 0) {
		add_policy(&style, &script, &policy);
		add_head(page, segment, number, &data);
		buf_add(&data, page->records.data, page->records.len);
		buf_adds(&data, "\n]}\n");
		markup_fill(&frame, names, parts, html);
		buf_clear(&page->records);
		buf_clear(&page->pictures);
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
