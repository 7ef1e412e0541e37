#include "lib/intake/sidecar.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/intake/ledger.h"

/* Folders and names of pictures, folded, without their extensions. */
struct stems {
	char **keys;
	size_t count;
};

static int
ends_in(const char *name, const char *const *extensions)
{
	const char *dot = strrchr(entryname_base(name), '.');

	for (; dot != NULL && *extensions != NULL; extensions++)
		if (strcasecmp(dot + 1, *extensions) == 0)
			return 1;
	return 0;
}

/* What says how a picture was edited, and holds none. */
static int
is_settings_name(const char *name)
{
	static const char *const extensions[] = {
		"aae", "xmp", "dop", "pp3", "on1", NULL
	};

	return ends_in(name, extensions);
}

/* What belongs to a picture when it lies beside it. */
static int
is_companion_name(const char *name)
{
	static const char *const extensions[] = {
		/* phones and clouds */
		"mov", "mp4", "m4v", "mp", "json",
		/* cameras */
		"thm", "lrv", "xml", "cr2", "cr3", "nef", "arw", "dng", "raf",
		"rw2", "orf", "pef", "srw",
		/* editors */
		"psd", "psb", "pxd", NULL
	};

	return ends_in(name, extensions);
}

/* The name up to len bytes; of an iPhone's IMG_E1234 and IMG_O1234, an edited picture
 * and how it was, the IMG_1234 that they were made of. */
static char *
key_of(const char *name, size_t len)
{
	struct buf part = BUF_INIT, key = BUF_INIT;
	const char *base;

	buf_add(&part, name, len);
	base = entryname_base(part.data);
	buf_add(&key, part.data, (size_t)(base - part.data));
	if (strncasecmp(base, "IMG_E", 5) == 0 ||
	    strncasecmp(base, "IMG_O", 5) == 0) {
		buf_adds(&key, "IMG_");
		base += 5;
	}
	buf_adds(&key, base);
	buf_clear(&part);
	text_fold(key.data, &part);
	buf_release(&key);
	return buf_detach(&part);
}

static size_t
stem_length(const char *name)
{
	const char *dot = strrchr(entryname_base(name), '.');

	return dot != NULL ? (size_t)(dot - name) : strlen(name);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
stems_make(struct stems *stems, const struct ledger_upload *upload,
    int (*takes)(const struct ledger_entry *))
{
	stems->keys = xcalloc(upload->count, sizeof *stems->keys);
	stems->count = 0;
	for (size_t i = 0; i < upload->count; i++)
		if (takes(&upload->entries[i]))
			stems->keys[stems->count++] = key_of(
			    upload->entries[i].name,
			    stem_length(upload->entries[i].name));
	mem_sort(stems->keys, stems->count, sizeof *stems->keys, by_text);
}

static void
stems_release(struct stems *stems)
{
	for (size_t i = 0; i < stems->count; i++)
		free(stems->keys[i]);
	free(stems->keys);
}

static int
stems_have(const struct stems *stems, const char *name, size_t len)
{
	char *key = key_of(name, len);
	int has = stems->count > 0 && bsearch(&key, stems->keys, stems->count,
	    sizeof *stems->keys, by_text) != NULL;

	free(key);
	return has;
}

/* Whether what stands before one of the dots is a picture's name. */
static int
belongs(const struct stems *stems, const char *name)
{
	const char *dot;

	for (dot = strchr(entryname_base(name), '.'); dot != NULL;
	    dot = strchr(dot + 1, '.'))
		if (stems_have(stems, name, (size_t)(dot - name)))
			return 1;
	return 0;
}

static int
is_picture_name(const struct ledger_entry *entry)
{
	return entryname_is_picture(entry->name);
}

void
sidecar_mark(struct ledger_upload *upload)
{
	struct stems stems;

	stems_make(&stems, upload, is_picture_name);
	for (size_t i = 0; i < upload->count; i++) {
		struct ledger_entry *entry = &upload->entries[i];

		if (entry->kind == LEDGER_REFUSED &&
		    (is_settings_name(entry->name) ||
		    (is_companion_name(entry->name) &&
		    belongs(&stems, entry->name))))
			entry->kind = LEDGER_SIDECAR;
	}
	stems_release(&stems);
}

static int
is_camera_picture(const struct ledger_entry *entry)
{
	return entry->kind == LEDGER_PICTURE && entry->format != NULL &&
	    (strcmp(entry->format, "jpeg") == 0 ||
	    strcmp(entry->format, "heif") == 0);
}

void
sidecar_mark_pictures(struct ledger_upload *upload)
{
	struct stems stems;

	stems_make(&stems, upload, is_camera_picture);
	for (size_t i = 0; i < upload->count; i++) {
		struct ledger_entry *entry = &upload->entries[i];

		if (entry->kind == LEDGER_PICTURE && entry->format != NULL &&
		    strcmp(entry->format, "png") == 0 && stems_have(&stems,
		    entry->name, stem_length(entry->name)))
			entry->kind = LEDGER_SIDECAR;
	}
	stems_release(&stems);
}
