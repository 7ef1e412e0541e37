#ifndef TC_INDEXKIND_H
#define TC_INDEXKIND_H
/*
 * indexkind: an index of the photos of all segments, by which tc-check --earlier knows
 * their pictures again when batches and manifests are no more: likenessindex.h.
 */
struct kind;

extern const struct kind indexkind_kind;

#endif
