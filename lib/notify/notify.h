#ifndef TC_NOTIFY_H
#define TC_NOTIFY_H
/*
 * notify: tc-export notify, the workbook 短信名单: a telephone number and a short message
 * (shortmessage.h) for each student who needs a first or another photo, as a gateway
 * imports them, and a list of those whose number is not known.  Nothing is sent.
 */
struct kind;

extern const struct kind notify_kind;

#endif
