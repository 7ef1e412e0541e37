#ifndef TC_MEMORY_H
#define TC_MEMORY_H
/*
 * memory: an index of the photos of all segments, by which tc-check --earlier knows
 * their pictures again when batches and manifests are no more: remember.h.
 */
struct kind;

extern const struct kind memory_kind;

#endif
