#ifndef TC_SHORTMESSAGE_H
#define TC_SHORTMESSAGE_H
/*
 * shortmessage: the text of one short message to a student.
 *
 * Length is counted as networks do, in 16-bit characters: one outside the basic plane
 * counts twice.
 */
#include <stddef.h>	/* size_t */

struct buf;

enum shortmessage_matter {
	SHORTMESSAGE_RETAKE, SHORTMESSAGE_MISSING, SHORTMESSAGE_LOCKED
};

struct shortmessage {
	enum shortmessage_matter matter;
	const char *sender;	/* the name at the beginning */
	const char *name;	/* of the student, masked; or NULL */
	const char *reason;	/* of RETAKE and LOCKED; or "" */
	const char *deadline;	/* YYYY-MM-DD, or "" */
	const char *from;	/* the first day on which another photo is taken, or "" */
};

/* Append the text, at most most characters: of a longer one the reason is shortened, then
 * the name left out.  0, or -1 when that is still too long. */
int shortmessage_add(const struct shortmessage *message, size_t most,
    struct buf *out);

/* How many 16-bit characters a text has. */
size_t shortmessage_length(const char *text);

/* Append the eleven digits of a Chinese mobile number in any usual spelling.  0, or -1
 * when the text is none. */
int shortmessage_number(const char *text, struct buf *out);

#endif
