#include "lib/sheet/layout_parts.h"

#include "lib/base/buf.h"
#include "lib/base/msg.h"

static void
add_reason(struct buf *out, long count, const char *reason)
{
	if (count > 0)
		buf_addf(out, "%s%ld %s", out->len > 0 ? ", " : "", count, reason);
}

static void
summarize(const struct layout *layout)
{
	struct buf reasons = BUF_INIT;
	int i;

	for (i = 0; i < STATUS_COUNT; i++)
		add_reason(&reasons, layout->left.status[i],
		    status_name((enum status)i));
	for (i = PICK_STATUS + 1; i < PICK_COUNT; i++)
		add_reason(&reasons, layout->left.left[i],
		    pick_reason((enum pick)i, STATUS_COUNT, 0));
	msg_note("%ld students on %ld sheets; left out: %s", layout->printed,
	    layout->sheets, reasons.len > 0 ? reasons.data : "none");
	buf_release(&reasons);
	if (layout->unreviewed > 0)
		msg_note("%ld of them wait for a review, which may reject their image",
		    layout->unreviewed);
}

/* A choice of paper and copies that wastes paper is reported; in a dry run any choice. */
static void
tell_paper(const struct layout *layout)
{
	const struct page *page = &layout->page;
	int idle = page_idle(page, &layout->template, layout->copies);

	if (layout->sheets == 0 || (idle == 0 && layout->leftout == NULL))
		return;
	msg_note("sheets of %g x %g mm have %d rows of %d cells; with %d copies of each "
	    "student %d cells of a full sheet stay empty", page->width, page->height,
	    page->rows, page->columns, layout->copies, idle);
}

void
layout_report(const struct layout *layout)
{
	summarize(layout);
	tell_paper(layout);
}
