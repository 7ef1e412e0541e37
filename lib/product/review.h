#ifndef TC_REVIEW_H
#define TC_REVIEW_H
/*
 * review: tc-export review, the page with which people decide the doubtful cases.
 *
 * Students' photos that are for review, with --all every one that has a picture;
 * reviewpage.h says what the page is.  Above REVIEWPAGE_RECORDS_MAX there are
 * several files.  Previews of the uploads are made by the workers.
 */
struct kind;

extern const struct kind review_kind;

#endif
