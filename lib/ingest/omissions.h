#ifndef TC_OMISSIONS_H
#define TC_OMISSIONS_H
/*
 * omissions: lines, columns, sheets and files of a roster that gave no record, for the
 * operator and the manifest.
 */
struct ledger;
struct ledger_gap;
struct node;
struct roster;

/* An item of the manifest's member "skipped"; the caller frees it. */
struct node *omissions_node(const struct ledger_gap *gap);

/* Report on standard error what was not read: once, when the roster is read. */
void omissions_tell_new(const struct ledger *ledger);
/* Report columns that are known and not kept, unless -q. */
void omissions_tell_ignored(const struct roster *roster);
/* Whether the roster is one file, which need not be named. */
int omissions_are_plain(const struct ledger *ledger);
/* Report one. */
void omissions_tell_one(const struct ledger_gap *gap, int plain);

#endif
