#include "lib/archive/entryname.h"

#include <string.h>
#include <strings.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"

/* Append text in UTF-8; control characters would reach terminals and forms. */
static void
add_clean(const char *text, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (byte < 0x20 || byte == 0x7f)
			buf_adds(out, "\xef\xbf\xbd");
		else
			buf_addc(out, byte);
	}
}

void
entryname_decode(const char *raw, size_t len, int flagged, struct buf *out)
{
	size_t widest = text_utf8_widest(raw, len);
	struct buf text = BUF_INIT;

	if (widest == 1 || widest >= 3 || (widest == 2 && flagged)) {
		add_clean(raw, len, out);
		return;
	}
	if (text_convert(raw, len, TEXT_GB18030, &text) > 0) {
		buf_clear(&text);
		text_convert(raw, len, TEXT_CP437, &text);
	}
	add_clean(text.data, text.len, out);
	buf_release(&text);
}

const char *
entryname_base(const char *name)
{
	const char *base = name;

	for (; *name != '\0'; name++)
		if (*name == '/' || *name == '\\')
			base = name + 1;
	return base;
}

void
entryname_add_safe(const char *text, struct buf *out)
{
	for (; *text != '\0'; text++) {
		int refused = (unsigned char)*text < ' ' || *text == 0x7f ||
		    strchr("/\\:*?\"<>|", *text) != NULL;

		buf_addc(out, refused ? '_' : *text);
	}
}

int
entryname_is_junk(const char *name)
{
	static const char *const names[] = {
		".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini",
		".localized", "Icon\xef\xbf\xbd"
	};
	const char *base = entryname_base(name);

	if (strncmp(name, "__MACOSX/", 9) == 0 ||
	    strstr(name, "/__MACOSX/") != NULL ||
	    strncmp(base, "._", 2) == 0 || strncmp(base, "~$", 2) == 0)
		return 1;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcasecmp(base, names[i]) == 0)
			return 1;
	return 0;
}

static int
has_extension(const char *name, const char *const *extensions)
{
	const char *dot = strrchr(entryname_base(name), '.');

	for (; dot != NULL && *extensions != NULL; extensions++)
		if (strcasecmp(dot + 1, *extensions) == 0)
			return 1;
	return 0;
}

int
entryname_is_archive(const char *name)
{
	static const char *const extensions[] = {
		"zip", "zipx", "7z", "rar", "tar", "gz", "tgz", "bz2", "tbz",
		"xz", "txz", "zst", "tzst", NULL
	};

	return has_extension(name, extensions);
}

const char *
entryname_format(const char *name)
{
	static const struct {
		const char *format;
		const char *extensions[5];
	} formats[] = {
		{ "jpeg", { "jpg", "jpeg", "jpe", "jfif", NULL } },
		{ "png", { "png", NULL } },
		{ "heif", { "heic", "heif", "avif", NULL } },
		{ "webp", { "webp", NULL } },
		{ "tiff", { "tif", "tiff", NULL } },
		{ "gif", { "gif", NULL } },
		{ "bmp", { "bmp", NULL } }
	};

	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (has_extension(name, formats[i].extensions))
			return formats[i].format;
	return NULL;
}

int
entryname_is_picture(const char *name)
{
	return entryname_format(name) != NULL;
}

int
entryname_is_table(const char *name)
{
	static const char *const extensions[] = {
		"csv", "tsv", "txt", "xlsx", "xlsm", "xltx", "xls", "et",
		"ett", "ods", "dbf", NULL
	};

	return has_extension(name, extensions);
}

int
entryname_is_document(const char *name)
{
	static const char *const extensions[] = {
		"docx", "docm", "dotx", "wps", "wpt", "pptx", "dps", "odt",
		"pages", NULL
	};

	return has_extension(name, extensions);
}

int
entryname_is_content(const char *name)
{
	static const char *const texts[] = { "txt", NULL };

	return entryname_is_picture(name) || entryname_is_archive(name) ||
	    entryname_is_document(name) ||
	    (entryname_is_table(name) && !has_extension(name, texts));
}

/* "a.zip.001", "a.z01", "a.r00", "a.part1.rar". */
int
entryname_is_part(const char *name)
{
	const char *dot = strrchr(name, '.'), *part;
	size_t len = dot != NULL ? strlen(dot + 1) : 0, digits;

	if (len == 3 && strspn(dot + 1, "0123456789") == len)
		return 1;
	if (len == 3 && strchr("zZrR", dot[1]) != NULL && strspn(dot + 2, "0123456789") == 2)
		return 1;
	for (part = strcasestr(name, ".part"); part != NULL;
	    part = strcasestr(part + 1, ".part")) {
		digits = strspn(part + 5, "0123456789");
		if (digits > 0 && part + 5 + digits == dot)
			return 1;
	}
	return 0;
}
