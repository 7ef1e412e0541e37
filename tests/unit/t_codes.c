/*
 * Joins by capture codes with known truth: 200 schools of 60, whose codes lie beside
 * the photos, exchanged, given twice, unreadable, missing, under every kind of file
 * name; no photo may be joined to another student than the one in it, unless a
 * person is asked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/intake/codes.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/batch/journal.h"
#include "lib/batch/journal_parts.h"

enum { STUDENTS = 60, SCHOOLS = 200 };

struct school {
	uint64_t state;
	struct ledger ledger;
	struct journal journal;
	int face[2 * STUDENTS];		/* who is in the photo, by entry */
	int honest[2 * STUDENTS];	/* nothing about it is wrong */
};

static uint32_t
chance(struct school *school, uint32_t below)
{
	school->state = school->state * 6364136223846793005u +
	    1442695040888963407u;
	return (uint32_t)(school->state >> 33) % below;
}

/* Last fours as they are: no two of a school alike would be too easy. */
static int
four_of(int student)
{
	return 1000 + student * 37 % 900;
}

static void
add_student(struct school *school, int i, int given)
{
	struct ledger_student *student;
	struct buf json = BUF_INIT;

	buf_addf(&json, "{\"student_no\":\"2022%04d\",\"name\":\"张*\","
	    "\"id_last_four\":\"%04d\"", 1000 + i, four_of(i));
	if (given)
		buf_addf(&json, ",\"capture_code\":\"code+%d==\"", i);
	buf_addc(&json, '}');
	student = ledger_add_student(&school->ledger);
	student->n = i + 1;
	ledger_set_student(&school->ledger, student, NULL, json.data, json.len);
	buf_release(&json);
}

static void
add_entry(struct school *school, const char *name, int face, const char *code)
{
	struct ledger_upload *upload = school->ledger.uploads;
	struct ledger_entry *entry = &upload->entries[upload->count];

	*entry = (struct ledger_entry){ .name = xstrdup(name),
	    .number = (long)upload->count + 1, .kind = LEDGER_PICTURE,
	    .format = "jpeg", .search = code == NULL ? LEDGER_NO_CODE :
	    LEDGER_ONE_CODE, .code = code != NULL ? xstrdup(code) : NULL };
	snprintf(entry->sha256, sizeof entry->sha256, "%064zu", upload->count);
	school->face[upload->count++] = face;
}

/* A photo of student i beside the code of student whose; the name speaks of i, or of
 * nobody. */
static void
add_pair(struct school *school, int i, int whose, int speaks)
{
	char stem[64], name[96], code[32];

	if (speaks == 0)
		snprintf(stem, sizeof stem, "p/IMG_%04d", i);
	else if (speaks == 1)
		snprintf(stem, sizeof stem, "p/%04d_%04d", i, four_of(i));
	else
		snprintf(stem, sizeof stem, "p/2022%04d", 1000 + i);
	snprintf(name, sizeof name, "%s.jpg", stem);
	school->honest[school->ledger.uploads->count] = i == whose;
	add_entry(school, name, i, NULL);
	snprintf(name, sizeof name, "%s%s.png", stem,
	    chance(school, 2) ? "_code" : "");
	snprintf(code, sizeof code, "code+%d==", whose);
	add_entry(school, name, -1, chance(school, 20) ? code : NULL);
}

static void
make_school(struct school *school, uint64_t seed)
{
	int given, other;

	memset(school, 0, sizeof *school);
	school->state = seed * 77 + 1;
	ledger_init(&school->ledger);
	school->ledger.by_code = 1;
	given = (int)chance(school, 4) > 0;
	for (int i = 0; i < STUDENTS; i++)
		add_student(school, i, given);
	ledger_add_upload(&school->ledger)->entries =
	    xcalloc(2 * STUDENTS, sizeof(struct ledger_entry));
	school->ledger.uploads->name = xstrdup("upload.zip");
	for (int i = 0; i < STUDENTS; i++) {
		other = chance(school, 5) > 0 ? i :
		    (int)chance(school, STUDENTS + 3);
		add_pair(school, i, other, (int)chance(school, 3));
	}
}

static void
test_no_photo_is_joined_to_another(void **state)
{
	long wrong = 0, asked = 0, joined = 0, honest = 0, lost = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= SCHOOLS; seed++) {
		struct school school;
		struct join_photo *photos;

		make_school(&school, seed);
		photos = join_run(&school.ledger, &school.journal, "batch");
		for (size_t i = 0; i < STUDENTS; i++) {
			size_t entry = photos[i].entry == NULL ? 0 : (size_t)
			    (photos[i].entry - school.ledger.uploads->entries);

			if (photos[i].entry == NULL)
				continue;
			joined++;
			assert_true(school.face[entry] >= 0);
			if (school.face[entry] != (int)i)
				*(photos[i].doubt ? &asked : &wrong) += 1;
		}
		for (size_t i = 0; i < school.ledger.uploads->count; i++)
			if (school.face[i] >= 0 && school.honest[i]) {
				honest++;
				lost += school.ledger.uploads->entries[i].
				    match.state == LEDGER_UNMATCHED;
			}
		free(photos);
		ledger_release(&school.ledger);
	}
	print_message("# %ld joins, %ld wrong, %ld wrong ones for a person; %ld "
	    "of %ld honest pairs unmatched\n", joined, wrong, asked, lost,
	    honest);
	assert_int_equal(wrong, 0);
	/* The honest ones are unmatched for an unreadable code, or for another
	 * who has it. */
	assert_true(joined > SCHOOLS * STUDENTS / 2);
	assert_true(lost < honest / 3);
}

static void
test_the_last_four_stand_at_the_end(void **state)
{
	static const struct {
		const char *path, *four;
	} names[] = {
		{ "a/0001_123x.jpg", "123X" }, { "20230001-1234.png", "1234" },
		{ "王*_０１２３.jpg", "0123" }, { "IMG_1234.jpg", "" },
		{ "1234.jpg", "" }, { "0001_12345.jpg", "" },
		{ "0001_x123.jpg", "" }, { "DSC-0001.JPG", "" }
	};
	char four[5];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		int found = codes_last_four(names[i].path, four);

		assert_string_equal(found ? four : "", names[i].four);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_photo_is_joined_to_another),
		cmocka_unit_test(test_the_last_four_stand_at_the_end)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
