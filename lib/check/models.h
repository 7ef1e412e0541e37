#ifndef TC_MODELS_H
#define TC_MODELS_H
/*
 * models: what tc-check measures and judges with, read from share/ as a profile says.
 */
#include "lib/check/provenance.h"
#include "lib/check/subject.h"

struct buf;
struct profile;

struct models {			/* all zero before the first load */
	struct subject_search search;
	char *traits_path;
	struct traits *traits;
	char *mesh_path;
	struct provenance *provenance;
};

/* Load the profile's models; those that are loaded already stay.  A missing network is
 * reported once.  0, or -1 with the reason. */
int models_load(struct models *models, const struct profile *profile, struct buf *err);
void models_release(struct models *models);

#endif
