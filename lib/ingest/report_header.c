#include <string.h>

#include "lib/base/node.h"
#include "lib/ingest/report.h"
#include "lib/intake/ledger.h"

int
report_is_record(const struct ledger_entry *entry)
{
	return (entry->kind == LEDGER_PICTURE ||
	    entry->kind == LEDGER_UNREADABLE) &&
	    (entry->match.state == LEDGER_UNMATCHED ||
	    entry->match.state == LEDGER_SUPERSEDED);
}

/* The day of the newest upload. */
static void
set_received(struct node *header, const struct ledger *ledger)
{
	const char *newest = "";

	for (size_t i = 0; i < ledger->upload_count; i++)
		if (strcmp(ledger->uploads[i].day, newest) > 0)
			newest = ledger->uploads[i].day;
	if (*newest != '\0')
		node_set_text(header, "received", newest);
}

/* How many photo records there will be, so that the tools can say how far they are. */
static void
set_photos(struct node *header, const struct ledger *ledger)
{
	long photos = 0;

	for (size_t i = 0; i < ledger->student_count; i++)
		photos += !ledger->students[i].removed || ledger->students[i].kept;
	for (size_t i = 0; i < ledger->upload_count; i++)
		for (size_t k = 0; k < ledger->uploads[i].count; k++)
			photos += report_is_record(&ledger->uploads[i].entries[k]);
	node_set_integer(header, "photos", photos);
}

void
report_complete_header(struct node *header, const struct ledger *ledger)
{
	set_received(header, ledger);
	set_photos(header, ledger);
}
