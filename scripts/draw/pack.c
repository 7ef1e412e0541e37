#include "scripts/draw/pack.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "lib/base/mem.h"
#include "lib/base/msg.h"

enum { FLAG_UTF8 = 1 << 11, MADE_BY_DOS = 20, PIECE = 1 << 30 };

struct pack {
	char *path;
	zipFile zip;
	enum pack_names names;
};

struct pack *
pack_open(const char *path, enum pack_names names)
{
	struct pack *pack = xcalloc(1, sizeof *pack);

	pack->path = xstrdup(path);
	pack->names = names;
	pack->zip = zipOpen64(path, APPEND_STATUS_CREATE);
	if (!pack->zip)
		msg_die("cannot create '%s'", path);
	return pack;
}

void
pack_close(struct pack *pack)
{
	if (zipClose(pack->zip, NULL) != ZIP_OK)
		msg_die("cannot write '%s'", pack->path);
	free(pack->path);
	free(pack);
}

/* Returns 1 and fills out when GBK has every character of the name. */
static int
to_gbk(const char *name, char *out, size_t size)
{
	char *in = (char *)name, *end = out;
	size_t left = strlen(name), room = size - 1;
	iconv_t convert = iconv_open("GBK", "UTF-8");
	int fits;

	if (convert == (iconv_t)-1)
		msg_die("cannot convert to GBK");
	fits = iconv(convert, &in, &left, &end, &room) != (size_t)-1;
	*end = '\0';
	iconv_close(convert);
	return fits;
}

void
pack_add(struct pack *pack, const char *name, const void *bytes, size_t len,
	int squeeze)
{
	zip_fileinfo info = { .tmz_date = { .tm_year = 2026, .tm_mon = 2,
		.tm_mday = 16, .tm_hour = 9, .tm_min = 30 } };
	char gbk[1024];
	int plain = pack->names == PACK_GBK && to_gbk(name, gbk, sizeof gbk);

	if (len > PIECE)
		msg_die("entry '%s' is too large", name);
	if (zipOpenNewFileInZip4_64(pack->zip, plain ? gbk : name, &info, NULL,
	    0, NULL, 0, NULL, squeeze ? Z_DEFLATED : 0, 6, 0, -MAX_WBITS,
	    DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0, MADE_BY_DOS,
	    plain ? 0 : FLAG_UTF8, 0) != ZIP_OK ||
	    zipWriteInFileInZip(pack->zip, bytes, (unsigned)len) != ZIP_OK ||
	    zipCloseFileInZip(pack->zip) != ZIP_OK)
		msg_die("cannot write '%s'", pack->path);
}
