#ifndef TC_REVIEW_H
#define TC_REVIEW_H
/*
 * review: tc-export review, the page with which people decide the doubtful cases.
 *
 * Students' photos with status review, with --all every one that has a picture; beside
 * a photo that looks like another student's, that one is shown.  reviewpage.h describes
 * the page and says when a further file begins.  Previews of the uploads are made by the
 * workers; a failure of the machine (disk, memory) ends the tool.
 *
 * Memory: 8 bytes a record, and the ids of photos under suspicion.
 */
struct kind;

extern const struct kind review_kind;

#endif
