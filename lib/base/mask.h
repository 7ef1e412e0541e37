#ifndef TC_MASK_H
#define TC_MASK_H
/*
 * mask: names and numbers as they may be shown (forms.md 6).
 */
struct buf;

enum mask_rule { MASK_FIRST_LAST, MASK_FIRST };

/* From a profile's word ("first_last", "first"); -1 when it is none. */
int mask_rule_parse(const char *word);

/* Append a masked name: first and last character kept and the rest '*'; of two
 * characters the first; of Latin names the first letter of each word.  Counted in
 * characters of UTF-8. */
void mask_name(const char *name, enum mask_rule rule, struct buf *out);

/* Append value so that a person can see how it differs from other: the beginning and end
 * that both share become '*', except for the first `first` and the last `last`
 * characters. */
void mask_difference(const char *value, const char *other, int first, int last,
    struct buf *out);

/* Append the last four characters of an ID number, after brackets and blanks are
 * dropped and x is made X: L123456(7) gives 4567. */
void mask_id_last_four(const char *id_number, struct buf *out);

/* Append an entry's or file's name as it may stand in a message: of each run of
 * more than four digits only the last four are kept behind '*', and each of the
 * names (may be NULL-ended list, or NULL) is masked. */
void mask_entry_name(const char *entry, const char *const *names,
    struct buf *out);

#endif
