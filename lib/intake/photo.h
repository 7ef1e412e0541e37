#ifndef TC_PHOTO_H
#define TC_PHOTO_H
/*
 * photo: the records that tc-ingest makes, tc-manifest(5).
 *
 * The caller frees what is returned.
 */
struct batch;
struct join_photo;
struct journal;
struct ledger;
struct ledger_entry;
struct ledger_gap;
struct ledger_student;
struct ledger_upload;
struct node;
struct profile;

struct photo_maker {
	const struct batch *batch;
	const struct profile *profile;
	const struct journal *journal;	/* applied to each record */
	const struct ledger *ledger;
	const struct node *school;	/* its row of the table of schools, or NULL */
	const char *class;	/* by which scope.h judges years, or "": by none */
};

/* The class, or "" when no student of the roster is expected to graduate in its year: then
 * their years say nothing about who is to be photographed. */
const char *photo_class(const struct ledger *ledger, const char *class);

struct node *photo_header(const struct photo_maker *maker);

/* A student with the photo chosen, or missing when photo->entry is NULL. */
struct node *photo_of_student(const struct photo_maker *maker,
    const struct ledger_student *student, const struct join_photo *photo);

/* An entry with a record of its own: unmatched, or superseded and then student is
 * whose it would be. */
struct node *photo_of_entry(const struct photo_maker *maker,
    const struct ledger_upload *upload, const struct ledger_entry *entry,
    const struct ledger_student *student);

/* What became no photo: an entry of an upload, a whole upload (entry NULL), a row
 * of the roster.  student is the one of whom the entry's name speaks, or NULL. */
struct node *photo_refused_entry(const struct photo_maker *maker,
    const char *upload, const struct ledger_entry *entry,
    const struct ledger_student *student, const char *reason);
struct node *photo_refused_row(const struct ledger_gap *gap);

#endif
