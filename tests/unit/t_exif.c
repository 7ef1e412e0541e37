#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/picture/exif.h"

/* IFD0: Software (offset), ExifIFD; ExifIFD: DateTimeOriginal. */
static const unsigned char little[] =
    "Exif\0\0II\x2a\0\x08\0\0\0"
    "\x02\0"
    "\x31\x01\x02\0\x0a\0\0\0\x40\0\0\0"
    "\x69\x87\x04\0\x01\0\0\0\x26\0\0\0"
    "\0\0\0\0"
    "\x01\0"
    "\x03\x90\x02\0\x14\0\0\0\x4a\0\0\0"
    "\0\0\0\0"
    "\0\0\0\0\0\0\0\0"
    "Photoshop\0"
    "2026:05:17 10:20:30\0";

static void
reads_software_and_date(void **state)
{
	struct exif exif;

	(void)state;
	exif_read(little, sizeof little - 1, &exif);
	assert_string_equal(exif.software, "Photoshop");
	assert_string_equal(exif.taken, "2026-05-17 10:20:30");
	assert_string_equal(exif.model, "");
}

/* Every byte changed and every length: nothing outside is read (under ASan). */
static void
survives_damage(void **state)
{
	unsigned char *copy;
	struct exif exif;
	size_t len, at;

	(void)state;
	for (len = 0; len < sizeof little; len++) {
		copy = malloc(len + 1);
		memcpy(copy, little, len);
		exif_read(copy, len, &exif);
		for (at = 0; at < len; at++) {
			copy[at] = 0xff;
			exif_read(copy, len, &exif);
			assert_true(strlen(exif.software) < EXIF_TEXT);
			copy[at] = little[at];
		}
		free(copy);
	}
}

static void
reads_xmp(void **state)
{
	static const char attribute[] = "<x xmp:CreatorTool=\"Adobe Photoshop 2020\" y";
	static const char element[] = "<xmp:CreatorTool>GIMP\n2.10</xmp:CreatorTool>";
	struct exif exif;

	(void)state;
	exif_read_xmp(attribute, strlen(attribute), &exif);
	assert_string_equal(exif.creator, "Adobe Photoshop 2020");
	exif_read_xmp(element, strlen(element), &exif);
	assert_string_equal(exif.creator, "GIMP 2.10");
	exif_read_xmp("CreatorTool", 11, &exif);
	assert_string_equal(exif.creator, "");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_software_and_date),
		cmocka_unit_test(survives_damage),
		cmocka_unit_test(reads_xmp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
