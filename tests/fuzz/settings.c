/*
 * settings: targets of what an office writes: profiles, templates, lists.
 */
#include <setjmp.h>
#include <stdlib.h>

#include "lib/base/options.h"
#include "lib/base/sanitised.h"
#include "lib/base/settings.h"
#include "lib/check/provenance.h"
#include "lib/shipping/labelpaper.h"
#include "lib/profile/profile.h"
#include "lib/profile/workdays.h"
#include "lib/roster/calendar.h"
#include "lib/roster/columns.h"
#include "lib/sheet/numberlist.h"
#include "lib/sheet/template.h"
#include "lib/base/end.h"
#include "tests/fuzz/fuzz.h"

#if SANITISED
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable()
#define __lsan_enable()
#endif

void
fuzz_profile(const uint8_t *bytes, size_t len)
{
	profile_free(profile_load(fuzz_file(bytes, len), &fuzz_err));
}

void
fuzz_template(const uint8_t *bytes, size_t len)
{
	struct template sheet;

	template_load(&sheet, fuzz_file(bytes, len), &fuzz_err);
}

void
fuzz_labels(const uint8_t *bytes, size_t len)
{
	struct labelpaper paper;

	if (labelpaper_load(&paper, fuzz_file(bytes, len), &fuzz_err) == 0)
		for (int i = 0; i < labelpaper_count(&paper) && i < 100; i++)
			labelpaper_area(&paper, i);
}

void
fuzz_holidays(const uint8_t *bytes, size_t len)
{
	struct workdays *days = workdays_load(fuzz_file(bytes, len), &fuzz_err);
	char date[WORKDAYS_DATE];

	if (days == NULL)
		return;
	workdays_is(days, "2026-10-01");
	workdays_between(days, "2026-09-20", "2026-10-20");
	workdays_after(days, "2026-09-30", 5, date);
	workdays_free(days);
}

void
fuzz_columns(const uint8_t *bytes, size_t len)
{
	struct columns *columns = columns_load(fuzz_file(bytes, len), &fuzz_err);

	if (columns != NULL)
		columns_find(columns, "学号", NULL);
	columns_free(columns);
}

void
fuzz_edited(const uint8_t *bytes, size_t len)
{
	provenance_free(provenance_load(fuzz_file(bytes, len), &fuzz_err));
}

void
fuzz_numberlist(const uint8_t *bytes, size_t len)
{
	struct numberlist list;

	if (numberlist_read(fuzz_file(bytes, len), &list, &fuzz_err) == 0) {
		numberlist_has(&list, "20220101");
		numberlist_unused(&list, 0);
	}
	numberlist_release(&list);
}

void
fuzz_calendar(const uint8_t *bytes, size_t len)
{
	char *text = fuzz_text(bytes, len);
	struct buf out = BUF_INIT;

	calendar_days(text, 2026, &out, &fuzz_err);
	calendar_hours(text, &out, &fuzz_err);
	buf_release(&out);
	free(text);
}

/* ---- tc.conf, in which an error ends the tool ---- */

static jmp_buf ended;

static void
end(void)
{
	longjmp(ended, 1);
}

void
fuzz_settings(const uint8_t *bytes, size_t len)
{
	static struct values {
		const char *profile, *language, *school;
		long jobs;
	} values;
	static const struct option_spec specs[] = {
		{ .name = "profile", .argument = "NAME", .type = OPTION_TEXT,
		    .setting = "profile", .offset = offsetof(struct values, profile) },
		{ .name = "lang", .argument = "LANG", .type = OPTION_WORD, .words = "zh en",
		    .setting = "language", .offset = offsetof(struct values, language) },
		{ .name = "school", .argument = "CODE", .type = OPTION_TEXT,
		    .setting = "school", .offset = offsetof(struct values, school) },
		{ .name = "jobs", .argument = "N", .type = OPTION_NUMBER, .min = 1, .max = 256,
		    .setting = "jobs", .offset = offsetof(struct values, jobs) },
		{ 0 }
	};
	const struct option_table tables[] = { { specs, &values }, { NULL, NULL } };

	/* values live as long as the process, and what an end leaves behind too */
	__lsan_disable();
	setenv("TC_CONF", fuzz_file(bytes, len), 1);
	end_set_cleanup(end);
	if (setjmp(ended) == 0)
		settings_take(tables);
	__lsan_enable();
}
