#include "lib/ingest/omissions.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/intake/ledger.h"
#include "lib/roster/roster.h"

enum { NAMED_MAX = 200 };	/* lines; a manifest names more */

static const char *const words[] = {
	[LEDGER_LINE] = "line", [LEDGER_ROW] = "refused",
	[LEDGER_REPEATED] = "repeated", [LEDGER_COLUMN] = "column",
	[LEDGER_SHEET] = "sheet", [LEDGER_FILE] = "roster"
};

struct node *
omissions_node(const struct ledger_gap *gap)
{
	struct node *node = node_object();

	node_set_text(node, "kind", words[gap->kind]);
	node_set_text(node, "roster", gap->roster);
	if (*gap->sheet != '\0')
		node_set_text(node, "sheet", gap->sheet);
	if (gap->row > 0)
		node_set_integer(node, "row", gap->row);
	if (gap->last > gap->row)
		node_set_integer(node, "last", gap->last);
	if (*gap->text != '\0')
		node_set_text(node, "text", gap->text);
	node_set_text(node, "reason", gap->reason);
	return node;
}

int
omissions_are_plain(const struct ledger *ledger)
{
	return ledger->gap_count == 0 ||
	    strcmp(ledger->gaps[0].roster, ledger->roster) == 0;
}

/* "roster 'A.xlsx' sheet 'X' rows 3-5". */
static void
add_place(const struct ledger_gap *gap, int plain, struct buf *out)
{
	buf_adds(out, "roster");
	if (!plain)
		buf_addf(out, " '%s'", gap->roster);
	if (*gap->sheet != '\0' && gap->kind != LEDGER_SHEET)
		buf_addf(out, " sheet '%s'", gap->sheet);
	if (gap->last > gap->row)
		buf_addf(out, " rows %ld-%ld", gap->row, gap->last);
	else if (gap->row > 0)
		buf_addf(out, " row %ld", gap->row);
}

void
omissions_tell_one(const struct ledger_gap *gap, int plain)
{
	struct buf place = BUF_INIT;

	add_place(gap, plain, &place);
	switch (gap->kind) {
	case LEDGER_LINE:
		if (*gap->text != '\0')
			msg_warn("%s '%s' is skipped: %s", place.data,
			    gap->text, gap->reason);
		else
			msg_warn("%s is skipped: %s", place.data, gap->reason);
		break;
	case LEDGER_ROW:
		msg_warn("%s is refused: %s", place.data, gap->reason);
		break;
	case LEDGER_REPEATED:
		msg_warn("%s is repeated: %s", place.data, gap->reason);
		break;
	case LEDGER_COLUMN:
		msg_warn("%s: column '%s' was not read: %s", place.data,
		    gap->text, gap->reason);
		break;
	case LEDGER_SHEET:
		msg_warn("%s: sheet '%s' was not read: %s", place.data,
		    gap->text, gap->reason);
		break;
	case LEDGER_FILE:
		msg_warn("roster '%s' was not read: %s", gap->text,
		    gap->reason);
		break;
	}
	buf_release(&place);
}

/* Whether an earlier gap says the same of another list. */
static int
was_ignored(const struct roster *roster, size_t gap)
{
	for (size_t i = 0; i < gap; i++)
		if (roster->gaps[i].kind == ROSTER_IGNORED &&
		    strcmp(roster->gaps[i].text, roster->gaps[gap].text) == 0)
			return 1;
	return 0;
}

void
omissions_tell_ignored(const struct roster *roster)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < roster->gap_count; i++)
		if (roster->gaps[i].kind == ROSTER_IGNORED &&
		    !was_ignored(roster, i))
			buf_addf(&names, "%s%s", names.len > 0 ? " " : "",
			    roster->gaps[i].text);
	if (names.len > 0)
		msg_note("columns of the roster that are known and not kept: %s",
		    names.data);
	buf_release(&names);
}

void
omissions_tell_new(const struct ledger *ledger)
{
	const struct ledger_gap *gap;
	int plain = omissions_are_plain(ledger);
	size_t named = 0;

	for (size_t i = 0; i < ledger->gap_count; i++) {
		gap = &ledger->gaps[i];
		if (gap->error)
			continue;
		if (named++ < NAMED_MAX)
			omissions_tell_one(gap, plain);
	}
	if (named > NAMED_MAX)
		msg_warn("%zu lines more of the roster are skipped or repeated: "
		    "the manifest names them", named - NAMED_MAX);
}
