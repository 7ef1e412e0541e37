#ifndef TC_OMISSIONS_H
#define TC_OMISSIONS_H
/*
 * omissions: what of a roster is no student's record, for the operator and the manifest.
 */
struct ledger;
struct ledger_gap;
struct node;
struct roster;

/* An item of the manifest's member "skipped"; the caller frees it. */
struct node *omissions_node(const struct ledger_gap *gap);

/* Tell, on standard error, of lines, columns, sheets and files that were not read:
 * once, when the roster is. */
void omissions_tell_new(const struct ledger *ledger);
/* Name columns that are known and not kept, unless -q. */
void omissions_tell_ignored(const struct roster *roster);
/* Whether the roster is one file, which need not be named. */
int omissions_are_plain(const struct ledger *ledger);
/* Tell of one. */
void omissions_tell_one(const struct ledger_gap *gap, int plain);

#endif
