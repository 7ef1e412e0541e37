#ifndef TC_PARCELS_H
#define TC_PARCELS_H
/*
 * parcels: tc-export parcels, the workbook 寄送清单: what is sent where, what waits for a
 * school's form, and columns for the carrier and its number, which tc-ingest --tracking
 * reads back.
 */
struct kind;

extern const struct kind parcels_kind;

#endif
