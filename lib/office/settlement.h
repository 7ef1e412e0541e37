#ifndef TC_SETTLEMENT_H
#define TC_SETTLEMENT_H
/*
 * settlement: tc-export settlement, the workbook 结算单: persons photographed, price,
 * what is due, received and open, by school, by city and of all.
 */
struct kind;

extern const struct kind settlement_kind;

#endif
