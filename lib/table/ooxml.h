#ifndef TC_OOXML_H
#define TC_OOXML_H
/*
 * ooxml: the XML parts of an Office Open XML package (XLSX).
 *
 * Elements are identified by their local names; the handler gets only those of
 * spreadsheets and of relationships, in the transitional or the strict namespace.  A
 * document type declaration, which no office program writes and every entity bomb needs,
 * is refused.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct ooxml;

struct ooxml_handler {
	/* Each may be NULL.  -1 with the reason in err stops the parsing. */
	int (*start)(void *state, const char *name, const char **attributes,
	    struct buf *err);
	int (*end)(void *state, const char *name, struct buf *err);
	int (*text)(void *state, const char *text, size_t len,
	    struct buf *err);
};

/* NULL with the reason. */
struct ooxml *ooxml_open(const char *path, struct buf *err);
void ooxml_close(struct ooxml *package);	/* NULL is fine */

/* Whether the file ends too early, so that parts may be missing. */
int ooxml_broke_off(const struct ooxml *package);
/* Whether a part is there.  Names are compared without case and with either
 * slash, because programs disagree. */
int ooxml_has(const struct ooxml *package, const char *part);
/* Parse a part.  0, or -1 with the reason, which names the part. */
int ooxml_parse(struct ooxml *package, const char *part,
    const struct ooxml_handler *handler, void *state, struct buf *err);

/* Parse a text that is not in a package, as UTF-8 whatever encoding it declares; the
 * handler gets elements of all namespaces. */
int ooxml_parse_text(const char *text, size_t len,
    const struct ooxml_handler *handler, void *state, struct buf *err);

/* The value of an attribute given to start, by local name; NULL if absent. */
const char *ooxml_attribute(const char **attributes, const char *name);

#endif
