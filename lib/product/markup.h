#ifndef TC_MARKUP_H
#define TC_MARKUP_H
/*
 * markup: pages for browsers, each one file without server or network.
 *
 * A page is a frame under share/ in which names such as @STYLE@ stand for its parts; its
 * content-security policy allows its own style and script by their hashes.
 */
struct buf;

/* Append a file under share/.  0, or -1 with the reason. */
int markup_part(const char *name, struct buf *out, struct buf *err);
/* Append 'sha256-...' of what stands between a block's tags. */
void markup_hash(const struct buf *text, struct buf *out);
/* Append the frame with each of the NULL-ended names replaced by its part. */
void markup_fill(const struct buf *frame, const char *const names[],
    const struct buf *const parts[], struct buf *html);
/* Append a text as it stands in an element or in a quoted attribute. */
void markup_text(const char *text, struct buf *html);

#endif
