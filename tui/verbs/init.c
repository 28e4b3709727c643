/* init [--demo]: an empty venue, or one to try things out in. */

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/outfile.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/site/site.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/demo.h"
#include "tui/verbs/pin.h"
#include "tui/verbs/recovery.h"
#include "tui/verbs/seed.h"
#include "tui/verbs/staff_card.h"
#include "tui/verbs/venue_plan.h"

#define SITE_MAX   16383
#define ADMIN_CODE "admin"

/* ---- an empty venue ---- */

static int add_admin(struct call *call, struct db *db, const struct act *act,
	const struct pepper *pepper, char pin[STAFF_PIN_DIGITS + 1], int64_t *ret_id,
	struct err *err)
{
	const char *file = call_option(call, "pin-file");
	const struct staff_new admin = {
		.code = ADMIN_CODE, .name = words_role(ROLE_ADMIN), .role = ROLE_ADMIN
	};
	char hash[STAFF_HASH_SIZE];
	int64_t id;

	pin[0] = '\0';
	TRY(staff_add(db, act, &admin, &id, err));
	*ret_id = id;
	if (file) {
		CLEANUP(pin_wipe) char *chosen = NULL;
		TRY(pin_from_file(file, &chosen, err));
		TRY(staff_pin_hash(pepper, id, chosen, hash, err));
	} else {
		TRY(staff_pin_draw(pepper, id, pin, hash, err));
	}
	return staff_pin_set(db, act, id, hash, err);
}

static int fill_empty(struct call *call, struct db *db, const struct pepper *pepper,
	char pin[STAFF_PIN_DIGITS + 1], int64_t *ret_admin, struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;
	const struct act act = { .role = ROLE_SYSTEM };
	const char *name = call_option(call, "name");
	const struct site site = { .name = name ? name : "共享家" };

	TRY(txn_begin(&txn, db, err));
	TRY(site_set(db, &act, &site, err));
	TRY(venue_seed(db, &act, err));
	TRY(add_admin(call, db, &act, pepper, pin, ret_admin, err));
	return txn_commit(&txn, err);
}

/* While there is no venue yet: one whose PIN nobody has read could not be entered. */
static int tell_pin(const char *pin, struct err *err)
{
	if (*pin)
		/* Staff code, then PIN. */
		printf(_("staff %s has the PIN %s; it is told only now\n"), ADMIN_CODE, pin);
	if (fflush(stdout) == 0)
		return 0;
	return err_setf(
		err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, "stdout"), "%s", strerror(errno));
}

/* Beside the database, like a demo's cards. Without it staff mode can't be opened at the counter,
 * but the venue is complete, and the shell can make another card: so the venue stays, even if this
 * fails. */
static int draw_admin_card(struct call *call, int64_t admin, struct err *err)
{
	const struct act act = { .role = ROLE_SYSTEM };
	CLEANUP(mem_free) char *folder = context_path(call_context(call), "cards");
	CLEANUP(mem_free)
	char *path = context_path(call_context(call), "cards/" ADMIN_CODE ".png");

	TRY(call_db(call, err));
	TRY(outfile_folders(folder, err));
	TRY(staff_card_to_file(call_context(call), call->db, &act, admin, path, err));
	printf(_("the card of %s is %s: print it, and keep it safe\n"), ADMIN_CODE, path);
	return 0;
}

static int tell_admin_card(struct call *call, int64_t admin)
{
	struct err err = { 0 };

	if (draw_admin_card(call, admin, &err) == 0)
		return 0;
	int code = call_complain(
		call, _("the venue is there, but not the administrator's card"), &err);
	fprintf(stderr, _("jiaplus: later: jiaplus staff card %s --to FILE.png --as %s\n"),
		ADMIN_CODE, ADMIN_CODE);
	return code;
}

/* Printed now, while somebody is there who can copy it: without it a backup is of use only on this
 * machine. */
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
	int64_t admin;
	char pin[STAFF_PIN_DIGITS + 1];

	TRY(venue_begin(context, plan, &db, &pepper, err));
	int r = fill_empty(call, db, &pepper, pin, &admin, err);
	sodium_memzero(&pepper, sizeof(pepper));
	if (r == 0)
		r = tell_pin(pin, err);
	sodium_memzero(pin, sizeof(pin));
	if (r < 0)
		db_close(db);
	else
		r = db_publish(db, err);
	if (r < 0)
		return r;
	printf(_("an empty venue in %s\n"), context->dir);
	TRY(tell_recovery(context, err));
	return tell_admin_card(call, admin);
}

/* ---- the verb ---- */

static int init(struct call *call, struct err *err)
{
	const char *zone = call_option(call, "zone");
	const struct venue_plan plan = {
		.zone = zone ? zone : "Asia/Shanghai",
		.site = (int)call_option_number(call, "site", 1),
		.clock = call_context(call)->clock,
	};
	return call_has(call, "demo") ? demo_init(call, &plan, err) : init_empty(call, &plan, err);
}

static const struct verb_option options[] = {
	{ "demo", NO_VALUE,
		N_("With invented residents, items, shifts and loans, and pictures of cards") },
	{ "name", { OPERAND_TEXT }, N_("Name of the venue") },
	{ "zone", { OPERAND_TEXT, .word = N_("ZONE") },
		N_("Time zone of the venue; else Asia/Shanghai") },
	{ "site", { OPERAND_NUMBER, .word = N_("N"), .max = SITE_MAX },
		N_("Number of the venue among others, 0 to 16383; else 1") },
	{ "pin-file", { OPERAND_FILE },
		N_("PIN of the first administrator; else one is drawn and told") },
	{ 0 },
};

const struct verb init_verbs[] = {
	{
		.name = "init",
		.help = N_("Make a venue: an empty one, or with --demo one to try"),
		.takes = VERB_NO_DB,
		.options = options,
		.run = init,
	},
	{ 0 },
};
