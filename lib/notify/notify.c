#include "lib/notify/notify.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/notices.h"
#include "lib/decision/grounds.h"
#include "lib/decision/reasons.h"
#include "lib/decision/status.h"
#include "lib/lists/retakesheet.h"
#include "lib/notify/shortmessage.h"
#include "lib/product/kind.h"
#include "lib/product/listkind.h"
#include "lib/product/workbook.h"
#include "lib/profile/profile.h"
#include "lib/sheet/order.h"
#include "lib/stream/leftout.h"
#include "lib/stream/stream.h"
#include "lib/table/ruled.h"
#include "lib/table/xlsx.h"

enum { CHARACTERS_LEAST = 50 };

static const struct ruled_column message_columns[] = {
	{ "手机号码", 16 }, { "短信内容", 110 }
};

static const struct ruled_column unknown_columns[] = {
	{ "学院", 24 }, { "班级", 18 }, { "学号", 18 }, { "姓名", 12 },
	{ "情况", 34 }, { "电话", 14 }
};

struct notify {
	struct listkind list;
	struct notices *notices;
	struct ruled messages, unknown;
	char deadline[WINDOW_DATE];
	long told, without;		/* of all segments */
};

/* ---- what is said ---- */

/* Of the checks that failed, the first that rejects, or the first. */
static const char *
first_check(const struct node *photo)
{
	const struct node *checks = node_get(photo, "checks"), *check;
	const char *first = NULL, *verdict, *level;

	for (size_t i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		verdict = node_text(check, "verdict");
		level = node_text(check, "level");
		if (verdict == NULL || strcmp(verdict, "fail") != 0 ||
		    level == NULL || strcmp(level, "info") == 0)
			continue;
		if (strcmp(level, "reject") == 0)
			return node_text(check, "id");
		if (first == NULL)
			first = node_text(check, "id");
	}
	return first;
}

static void
add_first_reason(const struct node *photo, struct buf *out)
{
	struct buf said = BUF_INIT;
	const char *check = first_check(photo);

	if (grounds_rejected(photo, LANGUAGE_CHINESE, "\n", &said) > 0)
		buf_add(out, said.data, strcspn(said.data, "\n"));
	else if (check != NULL)
		reasons_name(check, LANGUAGE_CHINESE, out);
	buf_release(&said);
}

static enum shortmessage_matter
matter_of(enum retake_sheet sheet)
{
	return sheet == RETAKE_MISSING ? SHORTMESSAGE_MISSING :
	    sheet == RETAKE_LOCKED ? SHORTMESSAGE_LOCKED : SHORTMESSAGE_RETAKE;
}

static int
add_message(struct notify *notify, const struct node *photo,
    enum retake_sheet sheet, const char *number, struct buf *err)
{
	const struct profile *profile = notify->list.segment->profile;
	const char *name = node_text(node_get(photo, "student"), "name");
	struct buf shown = BUF_INIT, reason = BUF_INIT, text = BUF_INIT;
	struct shortmessage message = { .matter = matter_of(sheet),
	    .sender = profile_text(profile, "feedback", "collector"),
	    .deadline = notify->deadline, .from = "" };
	const char *until = node_text(node_get(photo, "account"), "until");
	int result;

	if (until != NULL && strcmp(until, notify->list.segment->batch->date) > 0)
		message.from = until;

	profile_add_name(profile, name, 0, &shown);
	if (sheet != RETAKE_MISSING)
		add_first_reason(photo, &reason);
	message.name = name != NULL ? shown.data : NULL;
	message.reason = reason.data;
	result = shortmessage_add(&message, (size_t)profile_integer(profile,
	    "notify", "characters_max"), &text);
	if (result == 0) {
		ruled_row(&notify->messages);
		ruled_text(&notify->messages, number, XLSX_CENTRE);
		ruled_text(&notify->messages, text.data, 0);
		notify->told++;
	} else {
		buf_addf(err, "profile '%s': [notify] characters_max has no room for "
		    "the name in [feedback] collector", profile_name(profile));
	}
	buf_release(&text);
	buf_release(&reason);
	buf_release(&shown);
	return result;
}

/* ---- who cannot be reached so ---- */

static void
add_unknown(struct notify *notify, const struct node *photo,
    enum retake_sheet sheet, const char *phone)
{
	const struct node *student = node_get(photo, "student");
	const struct profile *profile = notify->list.segment->profile;
	struct ruled *ruled = &notify->unknown;
	struct buf name = BUF_INIT, reason = BUF_INIT;

	profile_add_name(profile, node_text(student, "name"), strcmp(profile_text(profile,
	    "retake", "names"), "full") == 0, &name);
	if (sheet == RETAKE_MISSING)
		buf_adds(&reason, status_chinese(STATUS_MISSING));
	else
		add_first_reason(photo, &reason);
	ruled_row(ruled);
	ruled_text(ruled, node_text(student, "college"), 0);
	ruled_text(ruled, node_text(student, "class"), 0);
	ruled_text(ruled, node_text(student, "student_no"), XLSX_CENTRE);
	ruled_text(ruled, name.data, XLSX_CENTRE);
	ruled_text(ruled, reason.data, 0);
	ruled_text(ruled, phone == NULL || *phone == '\0' ? "未登记" :
	    "不是手机号码", XLSX_CENTRE);
	notify->without++;
	buf_release(&reason);
	buf_release(&name);
}

static int
add_student(struct notify *notify, const struct node *photo, struct buf *err)
{
	const char *phone = node_text(node_get(photo, "student"), "phone");
	struct buf number = BUF_INIT;
	struct notice notice;
	enum retake_sheet sheet;
	int result = 0;

	notices_take(notify->notices, photo, &notice);
	sheet = retakesheet_place(photo, notify->list.segment->profile, notice.known);
	if (notify->list.options->only_new && notice.known) {
		leftout_tell(notify->list.options->leftout, photo, notify->list.segment->profile,
		    "told before");
		return 0;
	}
	if (phone != NULL && shortmessage_number(phone, &number) == 0)
		result = add_message(notify, photo, sheet, number.data, err);
	else
		add_unknown(notify, photo, sheet, phone);
	buf_release(&number);
	return result;
}

/* ---- the filter ---- */

static int
notify_begin(void *state, struct segment *segment, struct buf *err)
{
	struct notify *notify = state;

	if (profile_integer(segment->profile, "notify", "characters_max") <
	    CHARACTERS_LEAST) {
		buf_addf(err, "profile '%s': [notify] characters_max is below %d",
		    profile_name(segment->profile), CHARACTERS_LEAST);
		return -1;
	}
	kind_deadline(notify->list.options, segment, notify->deadline);
	notices_free(notify->notices);
	notify->notices = notices_new(segment->batch, segment->batch->date, err);
	return notify->notices == NULL ? -1 : listkind_begin(state, segment, err);
}

static int
notify_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct notify *notify = state;

	(void)err;
	if (status_is_students(photo) && retakesheet_place(photo,
	    notify->list.segment->profile, 0) != RETAKE_NONE)
		order_add(&notify->list.order, node_get(photo, "student"), index, 0);
	return 0;
}

static int
write_book(void *state, const char *path, struct buf *err)
{
	struct notify *notify = state;
	const struct listkind *list = &notify->list;
	struct xlsx *xlsx = workbook_new(list->segment->batch, path, notify_kind.title, NULL,
	    err);
	int result = 0;

	if (xlsx == NULL)
		return -1;
	ruled_begin(&notify->messages, xlsx, "短信", message_columns,
	    sizeof message_columns / sizeof message_columns[0]);
	ruled_begin(&notify->unknown, xlsx, "无手机号", unknown_columns,
	    sizeof unknown_columns / sizeof unknown_columns[0]);
	for (size_t i = 0; i < list->order.count && result == 0; i++) {
		struct node *photo = stream_held(list->segment, list->order.entries[i].index);

		result = add_student(notify, photo, err);
		node_free(photo);
	}
	ruled_end(&notify->messages, XLSX_LANDSCAPE);
	ruled_end(&notify->unknown, XLSX_LANDSCAPE);
	return xlsx_close(xlsx, err) != 0 ? -1 : result;
}

static void *
notify_start(const struct kind_options *options)
{
	return listkind_new(sizeof(struct notify), &notify_kind, options, write_book);
}

static void
notify_describe(const void *state, struct buf *out)
{
	const struct notify *notify = state;

	buf_addf(out, "%ld short messages, %ld students without a mobile number",
	    notify->told, notify->without);
}

static void
notify_stop(void *state)
{
	struct notify *notify = state;

	notices_free(notify->notices);
	listkind_free(notify);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_checked,
	.holds = 1,
	.begin = notify_begin,
	.collect = notify_collect,
	.end = listkind_end,
	.publish = listkind_publish
};

const struct kind notify_kind = {
	.name = "notify",
	.what = "short messages to students, workbook",
	.title = "短信名单",
	.extension = ".xlsx",
	.takes = KIND_NEW | KIND_DEADLINE,
	.filter = &filter,
	.start = notify_start,
	.describe = notify_describe,
	.stop = notify_stop
};
