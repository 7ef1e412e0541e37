/*
 * words: targets of names, numbers and texts.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/archive/entrymask.h"
#include "lib/archive/entryname.h"
#include "lib/base/mask.h"
#include "lib/base/text.h"
#include "lib/base/translate.h"
#include "lib/batch/token.h"
#include "lib/intake/candidates.h"
#include "lib/intake/match.h"
#include "lib/intake/names.h"
#include "lib/notify/shortmessage.h"
#include "lib/profile/window.h"
#include "lib/roster/classname.h"
#include "lib/roster/idnumber.h"
#include "lib/roster/value.h"
#include "lib/table/numfmt.h"
#include "tests/fuzz/fuzz.h"

static struct names *
some_names(void)
{
	struct names *known = names_new();

	names_add(known, "张三", "文学院", "1班");
	names_add(known, "Li Si", "", "2");
	names_sort(known);
	return known;
}

void
fuzz_names(const uint8_t *bytes, size_t len)
{
	static struct names *known;
	struct buf name = BUF_INIT;
	struct names_found found;

	if (known == NULL)
		known = some_names();
	entryname_decode((const char *)bytes, len, len % 2, &name);
	names_find(known, name.data, &found);
	names_beside(known, name.data, 0);
	names_group(known, name.data, 1);
	entryname_is_junk(name.data);
	entryname_is_picture(name.data);
	buf_release(&name);
}

static struct candidates *
some_students(void)
{
	static const struct match_keys keys[] = {
		{ "329901200209020200", NULL, "20220101", "张三", NULL },
		{ "32990120020902021X", "20320101", "20220102", "欧阳明", NULL },
		{ "329901200209020200", NULL, "220301", "张三", "ab12cd34" }
	};
	struct candidates *whose = candidates_new();

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		candidates_add(whose, &keys[i], "文学院", "中文2201");
	candidates_ready(whose);
	return whose;
}

/* A path in an upload, and whom it speaks of. */
void
fuzz_paths(const uint8_t *bytes, size_t len)
{
	static struct candidates *whose;
	struct buf name = BUF_INIT, masked = BUF_INIT;
	struct match match;

	if (whose == NULL)
		whose = some_students();
	entryname_decode((const char *)bytes, len, 0, &name);
	candidates_path(whose, name.data, &match);
	entrymask(name.data, &masked);
	entrymask_file(name.data, &masked);
	mask_entry_name(name.data, NULL, &masked);
	classname_take(name.data, &masked);
	classname_year(name.data);
	buf_release(&name);
	buf_release(&masked);
}

void
fuzz_idnumber(const uint8_t *bytes, size_t len)
{
	char *text = fuzz_text(bytes, len);
	struct buf key = BUF_INIT;
	struct idnumber id;

	idnumber_read(text, &id);
	idnumber_key(text, &key);
	buf_release(&key);
	free(text);
}

static void
value_of(const char *text, struct buf *out)
{
	const char *trouble;
	char first[WINDOW_DATE], last[WINDOW_DATE];

	value_number(text, 1, &trouble);
	value_name(text, &trouble);
	value_is_nothing(text);
	mask_name(text, MASK_FIRST_LAST, out);
	mask_id_last_four(text, out);
	mask_difference(text, "张三丰", 1, 1, out);
	token_parse(text, "fuzzfuzz", out);
	shortmessage_number(text, out);
	numfmt_text(44000.5, numfmt_parse(text), 0, out);
	if (window_is(WINDOW_DAYS, text))
		window_ends(text, first, last);
	window_is(WINDOW_HOURS, text);
}

/* Bytes in any encoding, as a text and as a cell's value. */
void
fuzz_texts(const uint8_t *bytes, size_t len)
{
	struct buf text = BUF_INIT, out = BUF_INIT;

	if (text_decode((const char *)bytes, len, &text, NULL, &fuzz_err) == 0) {
		text_fold(text.data, &out);
		text_tidy(text.data, &out);
		text_tidy_name(text.data, &out);
		text_to_gb18030(text.data, &out);
		buf_clear(&out);
		value_of(text.data, &out);
	}
	buf_release(&text);
	buf_release(&out);
}

/* A sentence for the operator, with whatever stood in a file. */
void
fuzz_sentences(const uint8_t *bytes, size_t len)
{
	char *text = fuzz_text(bytes, len);
	struct buf out = BUF_INIT;

	translate(text, &out);
	buf_release(&out);
	free(text);
}
