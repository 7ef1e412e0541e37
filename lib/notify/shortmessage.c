#include "lib/notify/shortmessage.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"

enum { MOBILE_DIGITS = 11, REASON_LEAST = 4, BASIC_PLANE = 0xffff };

static const char ellipsis[] = "…";

size_t
shortmessage_length(const char *text)
{
	size_t length = 0, left = strlen(text), len;
	uint32_t code;

	for (; left > 0; text += len, left -= len) {
		len = text_char(text, left, &code);
		length += len > 0 && code > BASIC_PLANE ? 2 : 1;
		len = len > 0 ? len : 1;
	}
	return length;
}

/* Append as much of a text as room characters hold. */
static void
add_shortened(const char *text, size_t room, struct buf *out)
{
	size_t left = strlen(text), len, width;
	uint32_t code;

	if (shortmessage_length(text) <= room) {
		buf_adds(out, text);
		return;
	}
	for (room -= 1; left > 0; text += len, left -= len, room -= width) {
		len = text_char(text, left, &code);
		width = len > 0 && code > BASIC_PLANE ? 2 : 1;
		if (len == 0 || width > room)
			break;
		buf_add(out, text, len);
	}
	buf_adds(out, ellipsis);
}

/* 2025-04-03 as 4月3日. */
static void
add_day(const char *date, struct buf *out)
{
	buf_addf(out, "%ld月%ld日", strtol(date + 5, NULL, 10),
	    strtol(date + 8, NULL, 10));
}

/* What stands before and behind the reason. */
static void
frame(const struct shortmessage *message, const char *name, struct buf *front,
    struct buf *back)
{
	buf_addf(front, "【%s】%s", message->sender, name != NULL ? name : "");
	buf_adds(front, name != NULL ? "同学，" : "同学你好，");
	buf_adds(front, message->matter == SHORTMESSAGE_MISSING ?
	    "尚未收到你的毕业照片" : "你的毕业照片未通过");
	if (message->matter == SHORTMESSAGE_LOCKED)
		buf_adds(back, "。账号已锁定，请联系学校解锁后重拍");
	if (*message->from != '\0' && message->matter == SHORTMESSAGE_RETAKE) {
		buf_adds(back, "，请于");
		add_day(message->from, back);
		buf_adds(back, "起重拍");
		if (*message->deadline != '\0') {
			buf_adds(back, "，");
			add_day(message->deadline, back);
			buf_adds(back, "截止");
		}
	} else if (*message->deadline != '\0' &&
	    message->matter != SHORTMESSAGE_LOCKED) {
		buf_adds(back, "，请于");
		add_day(message->deadline, back);
		buf_adds(back, message->matter == SHORTMESSAGE_MISSING ?
		    "前完成采集" : "前重拍");
	} else if (message->matter != SHORTMESSAGE_LOCKED) {
		buf_adds(back, message->matter == SHORTMESSAGE_MISSING ?
		    "，请尽快完成采集" : "，请尽快重拍");
	} else if (*message->deadline != '\0') {
		buf_adds(back, "，");
		add_day(message->deadline, back);
		buf_adds(back, "截止");
	}
	buf_adds(back, "。");
}

static int
try(const struct shortmessage *message, const char *name, size_t most,
    size_t least, struct buf *out)
{
	struct buf front = BUF_INIT, back = BUF_INIT;
	size_t fixed, wanted = shortmessage_length(message->reason);
	int fits;

	frame(message, name, &front, &back);
	if (wanted > 0)
		buf_adds(&front, "：");
	fixed = shortmessage_length(front.data) + shortmessage_length(back.data);
	fits = fixed <= most && (wanted == 0 || wanted <= most - fixed ||
	    most - fixed >= least);
	if (fits) {
		buf_add(out, front.data, front.len);
		if (wanted > 0)
			add_shortened(message->reason, most - fixed, out);
		buf_add(out, back.data, back.len);
	}
	buf_release(&back);
	buf_release(&front);
	return fits;
}

int
shortmessage_add(const struct shortmessage *message, size_t most, struct buf *out)
{
	return try(message, message->name, most, 2 * REASON_LEAST, out) ||
	    try(message, NULL, most, REASON_LEAST, out) ? 0 : -1;
}

int
shortmessage_number(const char *text, struct buf *out)
{
	struct buf folded = BUF_INIT, digits = BUF_INIT;
	const char *at;
	int result = -1;

	text_fold(text, &folded);
	at = folded.data;
	if (strncmp(at, "+86", 3) == 0)
		at += 3;
	else if (strncmp(at, "0086", 4) == 0)
		at += 4;
	for (; *at != '\0'; at++)
		if (*at != '-')
			buf_addc(&digits, *at);
	if (digits.len == MOBILE_DIGITS && digits.data[0] == '1' &&
	    strspn(digits.data, "0123456789") == MOBILE_DIGITS) {
		buf_adds(out, digits.data);
		result = 0;
	}
	buf_release(&digits);
	buf_release(&folded);
	return result;
}
