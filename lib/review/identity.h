#ifndef TC_IDENTITY_H
#define TC_IDENTITY_H
/*
 * identity: tc-export identity-review, the workbook 身份复核名单.
 *
 * Students of whom a person has to look at who they are: whose present picture the
 * register called uncertain or abnormal, and those whom it refused as often as the
 * profile's [register] identity_review_after says, whatever the picture.
 */
struct kind;

extern const struct kind identity_kind;

#endif
