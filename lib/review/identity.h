#ifndef TC_IDENTITY_H
#define TC_IDENTITY_H
/*
 * identity: tc-export identity-review, the workbook 身份复核名单.
 *
 * Students whose identity a person has to check: the register called their present
 * picture uncertain or abnormal, or has refused their pictures as often as the profile's
 * [register] identity_review_after says.
 */
struct kind;

extern const struct kind identity_kind;

#endif
