/*
 * targets: one function a parser, fed with hostile bytes.
 *
 * Built once for each with -DTARGET=NAME and libFuzzer (`make fuzz`), and once with a main
 * that feeds the kept inputs, tests/fuzz/corpus/NAME/..., to the target that their folder is
 * named after (`make check`).  A target may refuse what it is given, and must neither crash,
 * leak, nor run into undefined behaviour.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/archive/entryname.h"
#include "lib/archive/zipin.h"
#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/node.h"
#include "lib/intake/ledger.h"
#include "lib/intake/names.h"
#include "lib/net/net.h"
#include "lib/picture/bmp.h"
#include "lib/picture/exif.h"
#include "lib/picture/jpg.h"
#include "lib/picture/qr.h"
#include "lib/batch/batch.h"
#include "lib/stream/census.h"
#include "lib/batch/journal.h"
#include "lib/profile/profile.h"
#include "lib/batch/seal.h"
#include "lib/roster/calendar.h"
#include "lib/roster/idnumber.h"
#include "lib/roster/roster.h"
#include "lib/roster/rosterfile.h"
#include "lib/sheet/template.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"

static struct buf err;		/* of the input at hand */

/* A name for the bytes, of one file that is written anew each time. */
static const char *
file_of(const uint8_t *bytes, size_t len)
{
	static char path[32];
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("fuzz", 0);
	if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, bytes, len, 0) != (ssize_t)len)
		abort();
	lseek(fd, 0, SEEK_SET);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return path;
}

/* A batch with nothing in it but this file. */
static const struct batch *
batch_with(const char *name, const struct buf *content)
{
	static char directory[] = "/dev/shm/tc-fuzz.XXXXXX";
	static struct batch batch = { .id = (char *)"fuzzfuzz", .lock = -1 };
	char path[100];
	int fd;

	if (batch.directory == NULL)
		batch.directory = mkdtemp(directory);
	snprintf(path, sizeof path, "%s/%s", batch.directory, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || io_write_all(fd, content->data, content->len) != 0)
		abort();
	close(fd);
	return &batch;
}

static char *
text_of(const uint8_t *bytes, size_t len)
{
	char *text = malloc(len + 1);

	memcpy(text, bytes, len);
	text[len] = '\0';
	return text;
}

/* ---- the targets ---- */

static void
zip(const uint8_t *bytes, size_t len)
{
	const struct zipin_limits limits = { 1000, 500 };
	struct zipin *archive = zipin_open(file_of(bytes, len), &limits, &err);
	struct buf out = BUF_INIT;

	if (archive == NULL)
		return;
	zipin_find_overlaps(archive);
	zipin_find(archive, "a");
	for (size_t i = 0; i < zipin_count(archive) && i < 10; i++) {
		buf_clear(&out);
		zipin_read(archive, i, 1 << 16, &out, &err);
	}
	zipin_close(archive);
	buf_release(&out);
}

static void
table(const uint8_t *bytes, size_t len)
{
	table_free(tablein_read(file_of(bytes, len), &err));
}

static void
roster(const uint8_t *bytes, size_t len)
{
	static const struct roster_options options;
	static const struct roster_batch batch = { "", "" };
	struct roster read;

	roster_init(&read);
	roster_add_file(&read, "roster", "", 0, 0);
	rosterfile_read(file_of(bytes, len), &options, &read, &err);
	roster_settle(&read, &batch);
	roster_release(&read);
}

static void
json(const uint8_t *bytes, size_t len)
{
	struct node *node = node_parse((const char *)bytes, len, &err);
	struct buf out = BUF_INIT;

	if (node != NULL)
		node_print(node, &out);
	node_free(node);
	buf_release(&out);
}

static void
record(const uint8_t *bytes, size_t len)
{
	struct node *node = node_parse((const char *)bytes, len, &err);
	struct census census;

	census_begin(&census, "abcdefgh");
	if (node_is_object(node) && census_add(&census, node, &err) == 0)
		census_compare(&census, node, &err);
	census_release(&census);
	node_free(node);
}

static void
exif(const uint8_t *bytes, size_t len)
{
	struct exif said;

	exif_read(bytes, len, &said);
	exif_read_xmp(bytes, len, &said);
}

static void
jpeg(const uint8_t *bytes, size_t len)
{
	struct jpg_header header;
	struct buf out = BUF_INIT;

	jpg_read_header(bytes, len, &header, &err);
	jpg_bare(bytes, len, 300, &out, &err);
	buf_release(&out);
}

static void
bmp(const uint8_t *bytes, size_t len)
{
	int width, height;

	if (bmp_size(bytes, len, &width, &height, &err) == 0 && width < 2000 && height < 2000)
		free(bmp_decode(bytes, len, &width, &height, &err));
}

static void
tflite(const uint8_t *bytes, size_t len)
{
	net_free(net_open(file_of(bytes, len), &err));
}

static void
profile(const uint8_t *bytes, size_t len)
{
	profile_free(profile_load(file_of(bytes, len), &err));
}

static void
template(const uint8_t *bytes, size_t len)
{
	struct template sheet;

	template_load(&sheet, file_of(bytes, len), &err);
}

static void
journal(const uint8_t *bytes, size_t len)
{
	struct buf content = BUF_INIT;

	buf_add(&content, bytes, len);
	journal_free(journal_load(batch_with("decisions.ndjson", &content), &err));
	buf_release(&content);
}

static void
ledger(const uint8_t *bytes, size_t len)
{
	struct buf content = BUF_INIT;
	struct ledger read;

	buf_add(&content, bytes, len);
	seal_add(&content);
	ledger_init(&read);
	batch_with("uploads.ndjson", &content);
	ledger_load(&read, batch_with("roster.ndjson", &content), &err);
	ledger_release(&read);
	buf_release(&content);
}

static void
seal(const uint8_t *bytes, size_t len)
{
	struct buf content = BUF_INIT;

	buf_add(&content, bytes, len);
	if (seal_take(&content) != 0) {
		seal_add(&content);
		if (seal_take(&content) != 0 || content.len != len)
			abort();
	}
	buf_release(&content);
}

static void
codes(const uint8_t *bytes, size_t len)
{
	struct buf out = BUF_INIT;

	qr_text((const char *)bytes, len, &out);
	buf_release(&out);
}

static void
names(const uint8_t *bytes, size_t len)
{
	struct names *known = names_new();
	struct buf name = BUF_INIT;
	struct names_found found;

	names_add(known, "张三", "文学院", "1班");
	names_add(known, "Li Si", "", "2");
	names_sort(known);
	entryname_decode((const char *)bytes, len, len % 2, &name);
	names_find(known, name.data, &found);
	names_beside(known, name.data, 0);
	names_group(known, name.data, 1);
	entryname_is_junk(name.data);
	entryname_is_picture(name.data);
	names_free(known);
	buf_release(&name);
}

static void
idnumber(const uint8_t *bytes, size_t len)
{
	char *text = text_of(bytes, len);
	struct buf key = BUF_INIT;
	struct idnumber id;

	idnumber_read(text, &id);
	idnumber_key(text, &key);
	buf_release(&key);
	free(text);
}

static void
calendar(const uint8_t *bytes, size_t len)
{
	char *text = text_of(bytes, len);
	struct buf out = BUF_INIT;

	calendar_days(text, 2026, &out, &err);
	calendar_hours(text, &out, &err);
	buf_release(&out);
	free(text);
}

/* xlsx, xls, dbf, csv and html are told by their content: one parser, five corpora. */
#define xlsx table
#define xls table
#define dbf table
#define csv table
#define html table

static void
one(void (*target)(const uint8_t *, size_t), const uint8_t *bytes, size_t len)
{
	buf_clear(&err);
	target(bytes, len);
}

#ifdef TARGET
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	if (err.data == NULL)
		buf_init(&err);
	one(TARGET, bytes, len);
	return 0;
}
#else
static const struct {
	const char *name;
	void (*target)(const uint8_t *, size_t);
} targets[] = {
	{ "bmp", bmp }, { "calendar", calendar }, { "codes", codes }, { "csv", csv },
	{ "dbf", dbf }, { "exif", exif }, { "html", html }, { "idnumber", idnumber },
	{ "journal", journal }, { "jpeg", jpeg }, { "json", json }, { "ledger", ledger },
	{ "names", names }, { "profile", profile }, { "record", record },
	{ "roster", roster }, { "seal", seal }, { "template", template },
	{ "tflite", tflite }, { "xls", xls }, { "xlsx", xlsx }, { "zip", zip },
};

static int
replay(const char *folder, const char *name, void (*target)(const uint8_t *, size_t))
{
	struct buf path = BUF_INIT, bytes = BUF_INIT, why = BUF_INIT;
	struct dirent *entry;
	DIR *directory;
	int count = 0;

	buf_addf(&path, "%s/%s", folder, name);
	directory = opendir(path.data);
	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		buf_clear(&path);
		buf_clear(&bytes);
		buf_addf(&path, "%s/%s/%s", folder, name, entry->d_name);
		if (io_read_file(path.data, 1 << 24, &bytes, &why) != 0)
			continue;
		one(target, (const uint8_t *)bytes.data, bytes.len);
		count++;
	}
	if (directory != NULL)
		closedir(directory);
	buf_release(&path);
	buf_release(&bytes);
	buf_release(&why);
	return count;
}

/* TAP: a test a target, with how many inputs it took. */
int
main(int argc, char *argv[])
{
	size_t count = sizeof targets / sizeof *targets;

	buf_init(&err);
	printf("1..%zu\n", count);
	for (size_t i = 0; i < count; i++)
		printf("ok %zu - %s: %d inputs\n", i + 1, targets[i].name, replay(argc > 1 ?
		    argv[1] : "tests/fuzz/corpus", targets[i].name, targets[i].target));
	buf_release(&err);
	return 0;
}
#endif
