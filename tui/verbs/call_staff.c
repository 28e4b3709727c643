/* Who calls: --as, and how they prove it. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/store/clock_accept.h"
#include "core/store/clock_doubt.h"
#include "core/store/role_reasons.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/pin.h"

bool call_is_beyond_service(struct call *call, struct err *err)
{
	const char *code = call_option(call, "as");
	struct err ignored = { 0 };
	struct staff staff;

	if (!code || call->verb->takes & VERB_SERVICE)
		return false;
	/* Any other error is found and reported later. */
	if (call_db(call, &ignored) < 0 || staff_by_code(call->db, code, &staff, &ignored) < 0 ||
		staff.role != ROLE_SERVICE)
		return false;
	err_set(err, ERR_REFUSED, REASON(SERVICE_ONLY));
	return true;
}

static int check_pin(struct call *call, const char *code, struct staff *ret, struct err *err)
{
	struct pepper pepper;
	CLEANUP(pin_wipe) char *pin = NULL;

	TRY(pepper_open(call->context->dir, &pepper, err));
	const char *file = call_option(call, "pin-file");
	TRY(file ? pin_from_file(file, &pin, err) : pin_from_terminal(code, &pin, err));
	int r = staff_pin_check(call->db, code, pin, &pepper, ret, err);
	sodium_memzero(&pepper, sizeof(pepper));
	return r;
}

static int check_token(struct call *call, const char *code, struct staff *ret, struct err *err)
{
	const char *file = call_option(call, "pin-file");

	return file ? staff_token_check(call->db, code, file, ret, err)
		    : call_usage(call, _("%s is a service account: give its token with --pin-file"),
			      code);
}

/* Somebody has to have checked it: a script has not. */
static int accept_clock(struct call *call, const struct staff *staff, struct err *err)
{
	const struct act act = { .role = staff->role, .actor = staff->id };

	if (staff->role == ROLE_SERVICE)
		return call_usage(call, _("a service account cannot say that the clock is right"));
	return clock_accept(call->db, &act, err);
}

int call_staff(struct call *call, struct err *err)
{
	const char *code = call_option(call, "as");
	struct staff staff;

	if (!code)
		return call_usage(call, _("this needs a member of staff: add --as STAFF"));
	TRY(staff_by_code(call->db, code, &staff, err));
	int r = staff.role == ROLE_SERVICE ? check_token(call, code, &staff, err)
					   : check_pin(call, code, &staff, err);
	if (r == 0 && call_has(call, "clock-ok"))
		r = accept_clock(call, &staff, err);
	if (r != 0)
		return r;
	call->is_staff = true;
	call->act = (struct act){
		.role = staff.role,
		.actor = staff.id,
		.why = call_option(call, "why"),
		.is_override = call_has(call, "override"),
	};
	call_key(call, 0);
	return 0;
}

int call_know_staff(struct call *call, struct err *err)
{
	if (call_takes(call, VERB_ACT) || (call_takes(call, VERB_NAMES) && call_has(call, "as")))
		return call_staff(call, err);
	return 0;
}

static void make_key(const char *word, int index, unsigned char ret[ACT_KEY_SIZE])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, ACT_KEY_SIZE);
	crypto_generichash_update(&state, (const unsigned char *)word, strlen(word) + 1);
	crypto_generichash_update(&state, (const unsigned char *)&index, sizeof(index));
	crypto_generichash_final(&state, ret, ACT_KEY_SIZE);
}

void call_key(struct call *call, int index)
{
	const char *word = call_option(call, "key");

	if (word)
		make_key(word, index, call->act.key);
	else
		act_new_key(call->act.key);
}
