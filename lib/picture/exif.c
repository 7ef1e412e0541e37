#include "lib/picture/exif.h"

#include <ctype.h>
#include <string.h>

enum {
	TAG_MAKE = 0x010f, TAG_MODEL = 0x0110, TAG_SOFTWARE = 0x0131,
	TAG_EXIF = 0x8769, TAG_TAKEN = 0x9003, TAG_ZONE = 0x9011,
	TAG_LENS = 0xa434,
	TYPE_ASCII = 2, TYPE_LONG = 4,
	ENTRY = 12
};

struct tiff {
	const unsigned char *bytes;
	size_t len;
	int little;
};

static unsigned
short_at(const struct tiff *tiff, size_t at)
{
	const unsigned char *p = tiff->bytes + at;

	return tiff->little ? p[0] | (unsigned)p[1] << 8 :
	    p[1] | (unsigned)p[0] << 8;
}

static size_t
long_at(const struct tiff *tiff, size_t at)
{
	size_t one = short_at(tiff, at), two = short_at(tiff, at + 2);

	return tiff->little ? one | two << 16 : two | one << 16;
}

static void
clean(char *text)
{
	size_t len;

	for (len = 0; text[len] != '\0'; len++)
		if (iscntrl((unsigned char)text[len]))
			text[len] = ' ';
	while (len > 0 && text[len - 1] == ' ')
		text[--len] = '\0';
}

static void
take(const void *bytes, size_t len, char text[static EXIF_TEXT])
{
	if (len > EXIF_TEXT - 1)
		len = EXIF_TEXT - 1;
	memcpy(text, bytes, len);
	text[len] = '\0';
	clean(text);
}

static void
take_entry(const struct tiff *tiff, size_t at, char text[static EXIF_TEXT])
{
	size_t count = long_at(tiff, at + 4), start = at + 8;

	if (short_at(tiff, at + 2) != TYPE_ASCII)
		return;
	if (count > 4)
		start = long_at(tiff, at + 8);
	if (start <= tiff->len && count <= tiff->len - start)
		take(tiff->bytes + start, count, text);
}

/* One directory; the offset of the EXIF directory, or 0. */
static size_t
read_directory(const struct tiff *tiff, size_t at, struct exif *exif)
{
	size_t count, i, below = 0;

	if (at < 8 || at > tiff->len || tiff->len - at < 2)
		return 0;
	count = short_at(tiff, at);
	for (i = 0, at += 2; i < count && tiff->len - at >= ENTRY; i++, at += ENTRY)
		switch (short_at(tiff, at)) {
		case TAG_MAKE:
			take_entry(tiff, at, exif->make);
			break;
		case TAG_MODEL:
			take_entry(tiff, at, exif->model);
			break;
		case TAG_SOFTWARE:
			take_entry(tiff, at, exif->software);
			break;
		case TAG_LENS:
			take_entry(tiff, at, exif->lens);
			break;
		case TAG_TAKEN:
			take_entry(tiff, at, exif->taken);
			break;
		case TAG_ZONE:
			take_entry(tiff, at, exif->zone);
			break;
		case TAG_EXIF:
			if (short_at(tiff, at + 2) == TYPE_LONG)
				below = long_at(tiff, at + 8);
			break;
		}
	return below;
}

/* "2026:05:17 10:20:30" with dashes in the date; anything else is nothing. */
static void
tidy_date(char *text)
{
	static const char shape[] = "dddd:dd:dd dd:dd:dd";
	size_t i;

	for (i = 0; shape[i] != '\0'; i++)
		if (shape[i] == 'd' ? !isdigit((unsigned char)text[i]) :
		    text[i] != shape[i]) {
			text[0] = '\0';
			return;
		}
	text[4] = text[7] = '-';
	text[i] = '\0';
	if (memcmp(text, "0000", 4) == 0)
		text[0] = '\0';
}

void
exif_read(const void *bytes, size_t len, struct exif *exif)
{
	struct tiff tiff = { bytes, len, 0 };
	size_t below;

	memset(exif, 0, sizeof *exif);
	if (len >= 6 && memcmp(bytes, "Exif\0", 6) == 0) {
		tiff.bytes += 6;
		tiff.len -= 6;
	}
	if (tiff.len < 8)
		return;
	tiff.little = tiff.bytes[0] == 'I';
	if (short_at(&tiff, 2) != 42)
		return;
	below = read_directory(&tiff, long_at(&tiff, 4), exif);
	read_directory(&tiff, below, exif);
	tidy_date(exif->taken);
}

void
exif_read_xmp(const void *bytes, size_t len, struct exif *exif)
{
	static const char *const names[] = { "CreatorTool", "softwareAgent" };
	const char *at, *from, *end = (const char *)bytes + len, *close;
	size_t i;

	exif->creator[0] = '\0';
	for (i = 0; i < 2 && exif->creator[0] == '\0'; i++) {
		at = memmem(bytes, len, names[i], strlen(names[i]));
		if (at == NULL)
			continue;
		from = at + strlen(names[i]);
		while (from < end && (*from == '=' || *from == '"' || *from == '>' ||
		    *from == '\''))
			from++;
		for (close = from; close < end && *close != '"' && *close != '<' &&
		    *close != '\''; close++)
			;
		take(from, (size_t)(close - from), exif->creator);
	}
}
