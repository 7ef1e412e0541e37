#include "lib/check/subject.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/share.h"
#include "lib/check/face.h"
#include "lib/net/net.h"
#include "lib/profile/profile.h"

static void
close_finder(struct subject_search *search)
{
	face_finder_free(search->finder);
	free(search->model);
	search->finder = NULL;
	search->model = NULL;
}

static int
open_finder(struct subject_search *search, const char *path, struct buf *err)
{
	if (search->finder != NULL && strcmp(search->model, path) == 0)
		return 0;
	close_finder(search);
	search->finder = face_finder_new(path, err);
	search->model = xstrdup(path);
	return search->finder != NULL ? 0 : -1;
}

static void
close_persons(struct subject_search *search)
{
	net_free(search->persons);
	free(search->persons_model);
	search->persons = NULL;
	search->persons_model = NULL;
}

/* Without its file there is no mask; a file that is damaged is an error. */
static int
open_persons(struct subject_search *search, const char *path, struct buf *err)
{
	if (search->persons_model != NULL && strcmp(search->persons_model, path) == 0)
		return 0;
	close_persons(search);
	search->persons_model = xstrdup(path);
	if (access(path, F_OK) != 0) {
		msg_warn("the network '%s' is not there: backgrounds are not assessed and "
		    "not replaced; 'make models all' fetches it, see share/networks.txt",
		    path);
		return 0;
	}
	search->persons = net_open(path, err);
	return search->persons != NULL ? 0 : -1;
}

int
subject_search_open(struct subject_search *search, const struct profile *profile,
    struct buf *err)
{
	struct buf finder = BUF_INIT, persons = BUF_INIT;
	int result;

	search->threshold = profile_number(profile, "face", "confidence_min");
	search->other = profile_number(profile, "face", "confidence_other");
	search->turned = profile_number(profile, "face", "confidence_turned");
	search->face_width = profile_number(profile, "geometry", "face_width_target");
	search->height = (int)profile_integer(profile, "face", "search_height");
	search->unwanted_count = clothing_ranges(profile_text(profile, "clothing",
	    "unwanted"), search->unwanted);
	if (search->unwanted_count < 0) {
		buf_addf(err, "the profile's [clothing] unwanted is no list of 'hue-hue "
		    "light-light', at most %d", CLOTHING_RANGES_MAX);
		return -1;
	}
	share_file(profile_text(profile, "face", "model"), &finder);
	share_file(profile_text(profile, "face", "persons"), &persons);
	result = open_finder(search, finder.data, err) != 0 ||
	    open_persons(search, persons.data, err) != 0 ? -1 : 0;
	buf_release(&finder);
	buf_release(&persons);
	return result;
}

int
subject_rows(const struct subject_search *search)
{
	return 2 * search->height;
}

void
subject_search_identify(const struct subject_search *search, struct hash *hash)
{
	hash_add_text(hash, face_model_id(search->finder));
	hash_add_text(hash, search->persons != NULL ? net_id(search->persons) : "");
}

void
subject_search_close(struct subject_search *search)
{
	close_finder(search);
	close_persons(search);
}
