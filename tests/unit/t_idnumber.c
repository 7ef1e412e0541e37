#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include "lib/base/buf.h"
#include "lib/roster/idnumber.h"

/* Numbers are made up, or the examples of GB 11643 and of published regulations
 * (standard.md 7). */
static const struct {
	const char *text;
	enum id_type type;
	int sound;
	const char *birth_date;
	char sex;
} cases[] = {
	{ "11010519491231002X", ID_RESIDENT, 1, "19491231", 'F' },
	{ "11010519491231002x", ID_RESIDENT, 1, "19491231", 'F' },
	{ "４４０５２４１８８００１０１００１４", ID_RESIDENT, 0, "", 0 },
	{ "110105194912310021", ID_RESIDENT, 0, "", 0 },
	{ "110105491231002", ID_RESIDENT_OLD, 1, "19491231", 'F' },
	{ "110105491331002", ID_RESIDENT_OLD, 0, "", 0 },
	{ "810000199408230021", ID_RESIDENCE_PERMIT, 1, "19940823", 'F' },
	{ "830000199201300022", ID_RESIDENCE_PERMIT, 1, "19920130", 'F' },
	{ "911124198108030024", ID_FOREIGN_RESIDENT, 1, "19810803", 0 },
	{ "911124198108030023", ID_FOREIGN_RESIDENT, 0, "", 0 },
	{ "USA110000123456", ID_FOREIGN_RESIDENT, 1, "", 0 },
	{ "820000199408230023", ID_RESIDENCE_PERMIT, 1, "19940823", 'F' },
	{ "820000199408230021", ID_RESIDENCE_PERMIT, 0, "", 0 },
	{ "HA1234567", ID_HM_PASS, 1, "", 0 },
	{ "1234567801", ID_TW_PASS, 1, "", 0 },
	{ "AB987654(3)", ID_HONG_KONG, 1, "", 0 },
	{ "A1234563", ID_HONG_KONG, 1, "", 0 },
	{ "A1234564", ID_OTHER, 1, "", 0 },	/* a passport, an old pass */
	{ "A800000005", ID_TAIWAN, 1, "", 'M' },
	{ "AC00000003", ID_TAIWAN, 1, "", 'M' },
	{ "1234567（8）", ID_MACAU, 1, "", 0 },
	{ "EA1234567", ID_PASSPORT, 1, "", 0 },
	{ "123456789", ID_OTHER, 1, "", 0 },	/* a passport of the USA */
	{ "H12345678", ID_HM_PASS, 1, "", 0 },
	{ "M1234567801", ID_HM_PASS, 1, "", 0 },
	{ "12345678", ID_TW_PASS, 1, "", 0 },
	{ "A123456(3)", ID_HONG_KONG, 1, "", 0 },
	{ "Ａ１２３４５６（３）", ID_HONG_KONG, 1, "", 0 },
	{ "A123456(4)", ID_HONG_KONG, 0, "", 0 },
	{ "1234567(8)", ID_MACAU, 1, "", 0 },
	{ "A123456789", ID_TAIWAN, 1, "", 'M' },
	{ "A123456788", ID_TAIWAN, 0, "", 0 },
	{ "E12345678", ID_PASSPORT, 1, "", 0 },
	{ "XK1234Z", ID_OTHER, 1, "", 0 },
	{ "32010619900101", ID_OTHER, 0, "", 0 },
	{ "3201061990010100", ID_OTHER, 0, "", 0 },
};

static void
documents_are_told_apart(void **state)
{
	struct idnumber id;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		idnumber_read(cases[i].text, &id);
		if (id.type != cases[i].type ||
		    (id.problem == NULL) != cases[i].sound)
			print_error("%s: type %d, %s\n", cases[i].text, id.type,
			    id.problem != NULL ? id.problem : "sound");
		assert_int_equal(id.type, cases[i].type);
		assert_int_equal(id.problem == NULL, cases[i].sound);
		assert_string_equal(id.birth_date, cases[i].birth_date);
		assert_int_equal(id.sex, cases[i].sex);
	}
}

static void
has_key(const char *text, const char *expected)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "before");
	idnumber_key(text, &out);
	assert_string_equal(out.data + 6, expected);
	assert_int_equal(strlen(out.data), out.len);
	buf_release(&out);
}

static void
spellings_of_one_number_have_one_key(void **state)
{
	(void)state;
	has_key("11010519491231002x", "11010519491231002X");
	has_key("110105491231002", "11010519491231002X");
	has_key("A123456(3)", "A1234563");
	has_key("Ａ123456（3）", "A1234563");
	has_key("", "");
}

static void
calendar_days_are_known(void **state)
{
	(void)state;
	assert_true(idnumber_is_date("20000229"));
	assert_false(idnumber_is_date("19000229"));
	assert_false(idnumber_is_date("20010431"));
	assert_false(idnumber_is_date("2001043"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_are_told_apart),
		cmocka_unit_test(spellings_of_one_number_have_one_key),
		cmocka_unit_test(calendar_days_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
