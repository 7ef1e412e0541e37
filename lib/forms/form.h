#ifndef TC_FORM_H
#define TC_FORM_H
/*
 * form: the sheets 反馈表 and 填写说明 of the feedback workbook.
 *
 * Words and their order are those that are published (forms.md 4); date, ticks,
 * person and telephone stay blank for the school.
 */
struct segment;
struct xlsx;

/* What a school may answer on 勘误; ends with NULL. */
extern const char *const form_answers[];

/* Fill the current sheet with the form; images is how many are proofed. */
void form_add(struct xlsx *xlsx, const struct segment *segment, long images);
/* Fill the current sheet with the explanations. */
void form_add_help(struct xlsx *xlsx, const struct segment *segment);

#endif
