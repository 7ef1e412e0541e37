#ifndef TC_TEXT_H
#define TC_TEXT_H
/*
 * text: bytes that somebody sent, as UTF-8, and as what they are compared by.
 *
 * Files and archive names come as UTF-8 with or without a byte order mark, as
 * UTF-16 and as GB18030 (of which GBK and GB2312 are parts); nothing says which.
 * Everything inside the tools is UTF-8.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint32_t */

struct buf;

enum text_encoding {
	TEXT_UTF8, TEXT_UTF16LE, TEXT_UTF16BE, TEXT_GB18030, TEXT_CP437
};

/* "UTF-8", "GB18030" ... for messages. */
const char *text_encoding_name(enum text_encoding encoding);

/* Whether both are there and have the same bytes. */
int text_same(const char *text, const char *other);

/* The character at bytes: returns its length (1..4) and sets *code, or 0 when
 * there is none: len is 0, or the bytes are not UTF-8 (strictly: no overlong
 * forms, no surrogates). */
size_t text_char(const char *bytes, size_t len, uint32_t *code);
/* Append a character. */
void text_add_char(struct buf *out, uint32_t code);
/* Whether all bytes are UTF-8. */
int text_is_utf8(const char *bytes, size_t len);
/* Bytes of the longest character, 1 for ASCII and for no text, 0 when it is not all
 * UTF-8.  Many GBK characters are also valid UTF-8 of two bytes: in a short text only
 * a character of three bytes proves that it is UTF-8. */
size_t text_utf8_widest(const char *bytes, size_t len);

struct text_decoded {
	enum text_encoding encoding;
	size_t damaged;		/* bytes that stand for no character: U+FFFD */
};

/* Append bytes as UTF-8, without a byte order mark.  The encoding is what the mark
 * says, else UTF-16 when there are NULs, else UTF-8 when it is valid or nearly
 * so, else GB18030; never TEXT_CP437.  *result may be NULL.  0, or -1 with the
 * reason (a clause without a subject) when it is none of these. */
int text_decode(const char *bytes, size_t len, struct buf *out,
    struct text_decoded *result, struct buf *err);
/* The encoding that text_decode finds; *mark is how many bytes a byte order mark
 * takes. */
enum text_encoding text_sniff(const char *bytes, size_t len, size_t *mark);
/* Count the characters beyond ASCII of a UTF-8 text, and the bytes that are none. */
void text_count(const char *bytes, size_t len, size_t *good, size_t *bad);
/* Whether bytes with that many good and bad characters (text_count) are no text at all. */
int text_is_ruined(size_t good, size_t bad);
/* Append bytes of a known encoding as UTF-8.  Returns how many bytes stand for no
 * character; each became U+FFFD. */
size_t text_convert(const char *bytes, size_t len, enum text_encoding from,
    struct buf *out);

/* Append UTF-8 text as GB18030, which has every character. */
void text_to_gb18030(const char *text, struct buf *out);

/* Append what two spellings of one value have in common: full-width characters
 * made half-width, all blanks removed (no-break, ideographic and zero-width ones
 * too), the dots of minority names made U+00B7, letters made capitals, letters and
 * their marks put together (macOS takes them apart, NFD), compatibility ideographs
 * and radicals made the ideographs they stand for.  For comparison and for numbers,
 * not for showing a name. */
void text_fold(const char *text, struct buf *out);

/* Append a value fit to be kept and shown: full-width digits and letters made
 * half-width, control characters and blanks of all kinds made one space,
 * none at the ends.  text_tidy_name drops in addition the spaces beside
 * Chinese characters, with which two-character names are padded. */
void text_tidy(const char *text, struct buf *out);
void text_tidy_name(const char *text, struct buf *out);

#endif
