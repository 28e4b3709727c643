/* init [--demo]: an empty venue, or one to try things out in. */
#include "tui/verbs/init.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/site/site.h"
#include "core/store/reasons.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/demo.h"
#include "tui/verbs/pin.h"
#include "tui/verbs/recovery.h"
#include "tui/verbs/seed.h"
#include "tui/verbs/verb.h"

#define SITE_MAX   16383
#define ADMIN_CODE "admin"

/* ---- files ---- */

static int make_folders(char *path, struct err *err)
{
	for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		bool is_made = mkdir(path, 0700) == 0 || errno == EEXIST || errno == EISDIR;
		if (!is_made)
			return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, path), "%s",
				strerror(errno));
		if (!slash)
			return 0;
		*slash = '/';
	}
}

int venue_begin(const struct context *context, const struct venue_plan *plan, struct db **ret_db,
	struct pepper *ret_pepper, struct err *err)
{
	CLEANUP(mem_free) char *dir = mem_text(context->dir);
	CLEANUP(mem_free) char *path = context_database(context);
	struct db *db = NULL;

	TRY(when_set_zone(plan->zone, err));
	TRY(make_folders(dir, err));
	/* What is there is somebody's: never taken away after a failure. */
	if (access(path, F_OK) == 0)
		return err_set(err, ERR_REFUSED, REASON_TEXT(STORE_EXISTS, path));
	int r = db_create(path, plan->site, plan->zone, plan->clock, &db, err);
	if (r == 0)
		r = pepper_create(context->dir, ret_pepper, err);
	if (r < 0) {
		db_close(db);
		if (!err_has(err, REASON_STORE_EXISTS) && !err_has(err, REASON_STORE_LEFT))
			venue_abandon(context);
		return r;
	}
	db_set_station(db, context->config.station);
	*ret_db = db;
	return 0;
}

void venue_abandon(const struct context *context)
{
	static const char *const made[] = { "", "-wal", "-shm", ".lock", ".head" };
	CLEANUP(mem_free) char *database = context_database(context);

	for (size_t i = 0; i < ARRAY_LEN(made); i++) {
		CLEANUP(mem_free) char *path = mem_printf("%s%s", database, made[i]);
		unlink(path);
	}
}

/* ---- an empty venue ---- */

static int add_admin(struct call *call, struct db *db, const struct act *act,
	const struct pepper *pepper, char pin[STAFF_PIN_DIGITS + 1], struct err *err)
{
	const char *file = call_option(call, "pin-file");
	const struct staff_new admin = {
		.code = ADMIN_CODE, .name = words_role(ROLE_ADMIN), .role = ROLE_ADMIN
	};
	char hash[STAFF_HASH_SIZE];
	int64_t id;

	pin[0] = '\0';
	if (file) {
		CLEANUP(pin_wipe) char *chosen = NULL;
		TRY(pin_from_file(file, &chosen, err));
		TRY(staff_pin_hash(pepper, chosen, hash, err));
	} else {
		TRY(staff_pin_draw(pepper, pin, hash, err));
	}
	TRY(staff_add(db, act, &admin, &id, err));
	return staff_pin_set(db, act, id, hash, err);
}

static int fill_empty(struct call *call, struct db *db, const struct pepper *pepper,
	char pin[STAFF_PIN_DIGITS + 1], struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;
	const struct act act = { .role = ROLE_SYSTEM };
	const char *name = call_option(call, "name");
	const struct site site = { .name = name ? name : "共享家" };

	TRY(txn_begin(&txn, db, err));
	TRY(site_set(db, &act, &site, err));
	TRY(venue_seed(db, &act, err));
	TRY(add_admin(call, db, &act, pepper, pin, err));
	return txn_commit(&txn, err);
}

/* Told now, while somebody is there who can copy it: without it a backup is of use on this machine
 * alone. */
static int tell_recovery(const struct context *context, struct err *err)
{
	struct recovery recovery;

	TRY(recovery_make(context->dir, &recovery, err));
	printf("%s\n",
		_("the recovery sheet: copy these nine words onto paper and lock it away; they "
		  "open the backups on another computer (jiaplus print recovery prints it)"));
	recovery_tell(&recovery);
	recovery_wipe(&recovery);
	return 0;
}

static int init_empty(struct call *call, const struct venue_plan *plan, struct err *err)
{
	struct context *context = call_context(call);
	struct pepper pepper;
	struct db *db;
	char pin[STAFF_PIN_DIGITS + 1];

	TRY(venue_begin(context, plan, &db, &pepper, err));
	int r = fill_empty(call, db, &pepper, pin, err);
	sodium_memzero(&pepper, sizeof(pepper));
	db_close(db);
	if (r < 0) {
		venue_abandon(context);
		return r;
	}
	printf(_("an empty venue in %s\n"), context->dir);
	if (*pin)
		/* Staff code, then PIN. */
		printf(_("staff %s has the PIN %s; it is told only now\n"), ADMIN_CODE, pin);
	sodium_memzero(pin, sizeof(pin));
	return tell_recovery(context, err);
}

/* ---- the verb ---- */

static int init(struct call *call, struct err *err)
{
	const char *zone = call_option(call, "zone");
	const char *site_text = call_option(call, "site");
	long long site = 1;

	if (site_text)
		TRY(text_integer(site_text, "site", 0, SITE_MAX, &site, err));
	const struct venue_plan plan = {
		.zone = zone ? zone : "Asia/Shanghai",
		.site = (int)site,
		.clock = call_context(call)->clock,
	};
	return call_has(call, "demo") ? demo_init(call, &plan, err) : init_empty(call, &plan, err);
}

static const struct verb_option options[] = {
	{ "demo", NULL,
		N_("With invented residents, items, shifts and loans, and pictures of cards") },
	{ "name", N_("TEXT"), N_("Name of the venue") },
	{ "zone", N_("ZONE"), N_("Time zone of the venue; else Asia/Shanghai") },
	{ "site", N_("N"), N_("Number of the venue among others, 0 to 16383; else 1") },
	{ "pin-file", N_("FILE"),
		N_("PIN of the first administrator; else one is drawn and told") },
	{ 0 },
};

const struct verb init_verbs[] = {
	{
		.name = "init",
		.usage = "",
		.help = N_("Make a venue: an empty one, or with --demo one to try"),
		.options = options,
		.run = init,
	},
	{ 0 },
};
