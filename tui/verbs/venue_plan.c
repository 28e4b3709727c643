#include "tui/verbs/venue_plan.h"

#include "core/base/mem.h"
#include "core/base/outfile.h"

int venue_begin(const struct context *context, const struct venue_plan *plan, struct db **ret_db,
	struct pepper *ret_pepper, struct err *err)
{
	CLEANUP(mem_free) char *path = context_database(context);
	struct db *db = NULL;

	TRY(when_set_zone(plan->zone, err));
	TRY(outfile_folders(context->dir, err));
	TRY(db_draft(path, plan->site, plan->zone, plan->clock, &db, err));
	int r = pepper_create(context->dir, ret_pepper, err);
	if (r < 0) {
		db_close(db);
		return r;
	}
	db_set_station(db, context->config.station);
	*ret_db = db;
	return 0;
}
