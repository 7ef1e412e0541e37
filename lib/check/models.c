#include "lib/check/models.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/share.h"
#include "lib/net/net.h"
#include "lib/profile/profile.h"

static char *
file_of(const struct profile *profile, const char *key)
{
	struct buf path = BUF_INIT;

	share_file(profile_text(profile, "face", key), &path);
	return buf_detach(&path);
}

static int
load_traits(struct models *models, const struct profile *profile, struct buf *err)
{
	char *path = file_of(profile, "traits");

	if (models->traits == NULL || strcmp(models->traits_path, path) != 0) {
		traits_free(models->traits);
		free(models->traits_path);
		models->traits_path = xstrdup(path);
		models->traits = traits_load(path, err);
		models->search.traits = models->traits;
	}
	free(path);
	return models->traits != NULL ? 0 : -1;
}

/* A network that is not there is said once; one that cannot be used ends the run. */
static int
load_mesh(struct models *models, const struct profile *profile, struct buf *err)
{
	char *path = file_of(profile, "mesh");
	int result = 0;

	if (models->mesh_path == NULL || strcmp(models->mesh_path, path) != 0) {
		net_free(models->search.mesh);
		free(models->mesh_path);
		models->mesh_path = xstrdup(path);
		models->search.mesh = NULL;
		if (access(path, F_OK) != 0)
			msg_warn("the network '%s' is missing: eyes, mouth and pose are not "
			    "assessed; 'make models all' fetches it", path);
		else if ((models->search.mesh = net_open(path, err)) == NULL)
			result = -1;
	}
	free(path);
	return result;
}

static int
load_provenance(struct models *models, struct buf *err)
{
	struct buf path = BUF_INIT;

	if (models->provenance == NULL) {
		share_path("edited.conf", &path);
		models->provenance = provenance_load(path.data, err);
		buf_release(&path);
	}
	return models->provenance != NULL ? 0 : -1;
}

int
models_load(struct models *models, const struct profile *profile, struct buf *err)
{
	return subject_search_open(&models->search, profile, err) != 0 ||
	    load_traits(models, profile, err) != 0 || load_mesh(models, profile, err) != 0 ||
	    load_provenance(models, err) != 0 ? -1 : 0;
}

void
models_release(struct models *models)
{
	subject_search_close(&models->search);
	traits_free(models->traits);
	free(models->traits_path);
	net_free(models->search.mesh);
	free(models->mesh_path);
	provenance_free(models->provenance);
}
