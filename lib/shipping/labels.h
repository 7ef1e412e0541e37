#ifndef TC_LABELS_H
#define TC_LABELS_H
/*
 * labels: tc-export labels, address labels for the parcels, as PDF on label paper
 * (labelpaper.h).
 */
struct kind;

extern const struct kind labels_kind;

#endif
