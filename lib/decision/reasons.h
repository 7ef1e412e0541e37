#ifndef TC_REASONS_H
#define TC_REASONS_H
/*
 * reasons: the result of a check as a sentence for people, in Chinese and English.
 *
 * One table: for each check a short name, and the sentence that a student gets
 * when it is not passed, with the number and the limit where that helps.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct node;
struct profile;

enum language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE };

/* The operator's language, from --lang, or LANGUAGE, LC_ALL, LC_MESSAGES, LANG. */
enum language reasons_language(void);
/* Of what is made by a profile: [profile] language. */
enum language reasons_of_profile(const struct profile *profile);

/* Append the name of check id ("头部倾斜", "head tilt"). */
void reasons_name(const char *id, enum language language, struct buf *out);

/* The id of the check with this name in either language, ignoring blanks and case, or with
 * this id; NULL when there is none, or several. */
const char *reasons_id(const char *name);
/* Append ": did you mean '...'?" with the profile's check that is most like name, as it is
 * spelt in the language of name; nothing when none is like it, or name is correct. */
void reasons_suggest(const char *name, const struct profile *profile, struct buf *out);
/* Of check number check, from 0: its id (which 0), its English (1) or Chinese name (2);
 * NULL at the end. */
const char *reasons_spelling(size_t check, size_t which);

/* Append the sentence for one item of "checks", by its verdict: what failed, what a
 * warning means, or that it was not checked. */
void reasons_sentence(const struct node *check, enum language language,
    struct buf *out);


/* Append the sentences for all checks that a photo did not pass: failures first, then
 * warnings, then checks that the profile requires and that were not made; level info is
 * left out.  Joined by separator.  Returns how many there are. */
int reasons_all(const struct node *photo, const struct profile *profile,
    enum language language, const char *separator, struct buf *out);

#endif
