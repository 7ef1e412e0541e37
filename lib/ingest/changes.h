#ifndef TC_CHANGES_H
#define TC_CHANGES_H
/*
 * changes: the messages that say what a run did to students and photos.
 *
 * Not in the manifest: the same command run again changes nothing and must print
 * the same.
 */
struct changes;
struct join_photo;
struct ledger;

/* Keep the state before the run; photos has one for each student. */
struct changes *changes_note(const struct ledger *ledger,
    const struct join_photo *photos);
/* Report what has changed since: counts, and a line, masked, for each student who was
 * removed or came back, or whose data or photo changed.  Call once. */
void changes_tell(struct changes *changes, const struct ledger *ledger,
    const struct join_photo *photos, const char *batch);
void changes_free(struct changes *changes);

#endif
