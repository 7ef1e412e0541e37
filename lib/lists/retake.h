#ifndef TC_RETAKE_H
#define TC_RETAKE_H
/*
 * retake: tc-export retake, the lists 重拍名单 with which a school calls students back.
 *
 *	今日新增    listed today for the first time
 *	仍未重拍    listed before, and no other photo has come
 *	未采集      no photo yet
 *	需解锁      an account locked for a photo of a photo or a beauty filter
 *
 * A student is on one sheet.  What was listed is written to the journal (notices.h), so
 * the same photo is new on one day only; the same day again gives the same lists.
 */
struct kind;

extern const struct kind retake_kind;

#endif
