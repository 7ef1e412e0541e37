#include "scripts/pnm.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"

void
pnm_read(const char *path, int channels, struct pnm *pnm)
{
	FILE *file = fopen(path, "rb");
	int most, width, height;
	size_t size;
	char kind;

	if (file == NULL || fscanf(file, "P%c %d %d %d", &kind, &width, &height,
	    &most) != 4 || kind != (channels == 3 ? '6' : '5') || most != 255 ||
	    width < 1 || height < 1 || width > 10000 || height > 10000)
		msg_die("cannot read '%s'", path);
	fgetc(file);
	size = (size_t)width * (size_t)height * (size_t)channels;
	*pnm = (struct pnm){ xmalloc(size), width, height, channels };
	if (fread(pnm->pixels, 1, size, file) != size)
		msg_die("'%s' is truncated", path);
	fclose(file);
}

void
pnm_write(const char *prefix, const char *name, const struct pnm *pnm)
{
	struct buf path = BUF_INIT;
	size_t size = (size_t)pnm->width * (size_t)pnm->height *
	    (size_t)pnm->channels;
	FILE *file;

	buf_addf(&path, "%s%s", prefix, name);
	file = fopen(path.data, "wb");
	if (file == NULL || fprintf(file, "P%d\n%d %d\n255\n",
	    pnm->channels == 3 ? 6 : 5, pnm->width, pnm->height) < 0 ||
	    fwrite(pnm->pixels, 1, size, file) != size || fclose(file) != 0)
		msg_die("cannot write '%s'", path.data);
	buf_release(&path);
}

double
pnm_number(const char *text)
{
	char *end;
	double value = strtod(text, &end);

	if (*text == '\0' || *end != '\0')
		msg_die("'%s' is no number", text);
	return value;
}
