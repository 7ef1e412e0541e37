/*
 * main: a target under libFuzzer (-DTARGET=NAME), or all with the kept inputs.
 */
#include <dirent.h>
#include <stdio.h>

#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "tests/fuzz/fuzz.h"

#ifdef TARGET
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define JOINED(prefix, name) prefix##name
#define FUZZ(name) JOINED(fuzz_, name)

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	msg_quiet();
	buf_clear(&fuzz_err);
	FUZZ(TARGET)(bytes, len);
	return 0;
}
#else
static const struct {
	const char *name;
	void (*target)(const uint8_t *bytes, size_t len);
} targets[] = {
#define FUZZ_TARGET(name) { #name, fuzz_##name },
FUZZ_TARGETS(FUZZ_TARGET)
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
		buf_clear(&fuzz_err);
		buf_addf(&path, "%s/%s/%s", folder, name, entry->d_name);
		if (io_read_file(path.data, 1 << 24, &bytes, &why) != 0)
			continue;
		target((const uint8_t *)bytes.data, bytes.len);
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
	int inputs;

	msg_quiet();
	printf("1..%zu\n", count);
	for (size_t i = 0; i < count; i++) {
		inputs = replay(argc > 1 ? argv[1] : "tests/fuzz/corpus", targets[i].name,
		    targets[i].target);
		printf("%sok %zu - %s: %d inputs\n", inputs > 0 ? "" : "not ", i + 1,
		    targets[i].name, inputs);
	}
	buf_release(&fuzz_err);
	return 0;
}
#endif
