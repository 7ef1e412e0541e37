#ifndef TC_FUZZ_H
#define TC_FUZZ_H
/*
 * fuzz: one function a parser, fed with hostile bytes.
 *
 * Each is built by itself with libFuzzer (`make fuzz`), and all together with a main that
 * feeds the kept inputs, tests/fuzz/corpus/NAME/..., to the target of that name
 * (`make check`).  A target may refuse what it is given, and must neither crash, leak, nor
 * run into undefined behaviour.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint8_t */

#include "lib/base/buf.h"

struct batch;

/* All of them: what is added here is built, run and replayed.  The Makefile knows them by
 * their folders of kept inputs. */
#define FUZZ_TARGETS(X) \
	X(answers) X(archive) X(bmp) X(calendar) X(choices) X(codes) X(columns) X(corrections) \
	X(csv) X(dbf) X(earlier) X(edited) X(entry) X(exemptions) X(exif) X(holidays) X(html) \
	X(idnumber) X(journal) X(jpeg) X(jpegdata) X(json) X(labels) X(ledger) X(likeness) \
	X(links) X(mhtml) X(names) X(numberlist) X(paths) X(pictures) X(printin) X(profile) \
	X(record) X(registered) X(roster) X(schools) X(seal) X(seen) X(sentences) \
	X(settings) X(template) X(texts) X(tflite) X(trackings) X(unlock) X(wire) X(workbook) \
	X(xls) X(xlsx) X(zip)

#define FUZZ_TARGET(name) void fuzz_##name(const uint8_t *bytes, size_t len);
FUZZ_TARGETS(FUZZ_TARGET)
#undef FUZZ_TARGET

/* Of the input at hand; emptied before each. */
extern struct buf fuzz_err;

/* A name for the bytes, of one file that is written anew each time. */
const char *fuzz_file(const void *bytes, size_t len);
/* The bytes as a text; the caller frees it. */
char *fuzz_text(const uint8_t *bytes, size_t len);
/* A batch with nothing in it but what was written; removed at the end. */
const struct batch *fuzz_batch(void);
/* Write a file of the batch, as it is or with the seal that the tools would give it; or
 * remove it. */
void fuzz_write(const char *name, const void *bytes, size_t len);
void fuzz_write_sealed(const char *name, const void *bytes, size_t len);
void fuzz_remove(const char *name);

#endif
