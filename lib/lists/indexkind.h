#ifndef TC_INDEXKIND_H
#define TC_INDEXKIND_H
/*
 * indexkind: an index of the photos of all segments, with which tc-check --earlier finds
 * the same pictures when batches and manifests have been deleted: likenessindex.h.
 */
struct kind;

extern const struct kind indexkind_kind;

#endif
