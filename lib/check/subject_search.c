#include "lib/check/subject.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/share.h"
#include "lib/check/face.h"
#include "lib/record/profile.h"

int
subject_search_open(struct subject_search *search, const struct profile *profile,
    struct buf *err)
{
	struct buf path = BUF_INIT;

	search->threshold = profile_number(profile, "face", "confidence_min");
	search->other = profile_number(profile, "face", "confidence_other");
	search->turned = profile_number(profile, "face", "confidence_turned");
	search->face_width = profile_number(profile, "geometry", "face_width_target");
	search->height = (int)profile_integer(profile, "face", "search_height");
	share_file(profile_text(profile, "face", "model"), &path);
	if (search->finder == NULL || strcmp(search->model, path.data) != 0) {
		subject_search_close(search);
		search->finder = face_finder_new(path.data, err);
		search->model = buf_detach(&path);
	}
	buf_release(&path);
	return search->finder != NULL ? 0 : -1;
}

int
subject_rows(const struct subject_search *search)
{
	return 2 * search->height;
}

void
subject_search_close(struct subject_search *search)
{
	face_finder_free(search->finder);
	free(search->model);
	search->finder = NULL;
	search->model = NULL;
}
