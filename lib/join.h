#ifndef TC_JOIN_H
#define TC_JOIN_H
/*
 * join: which entry is whose photo.
 *
 * Every picture's name is looked up among the students.  Of the pictures of one
 * student one is chosen: one that can be read before one that cannot, one that
 * names this very row before one that names the person by another row's number,
 * then the latest upload, then the later entry.  Pure: the same ledger gives the
 * same result.
 */
#include <stddef.h>	/* size_t */

struct ledger;
struct ledger_entry;
struct ledger_upload;
struct match_index;
struct node;

/* The photo of a student; entry is NULL when there is none. */
struct join_photo {
	struct ledger_upload *upload;
	struct ledger_entry *entry;
	int by;			/* enum match_field */
	int weak;
};

/* An index over students, one row for each; those that are removed and not kept
 * cannot be found in it.  match_index_free frees it. */
struct match_index *join_index(const struct ledger *ledger);

/* Choose, and set match in every entry.  Returns an array with a photo for each
 * student, which the caller frees. */
struct join_photo *join_run(const struct ledger *ledger);

#endif
