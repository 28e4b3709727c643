/* staff list|add|pin|card|unlock|leave: who may do what at the counter */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/people/staff_card.h"
#include "core/sheets/cards.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/pin.h"
#include "tui/verbs/staff_card.h"
#include "tui/verbs/table.h"

/* ---- list ---- */

static const struct table_column columns[] = {
	{ "code", N_("Log-in code"), false },
	{ "role", N_("Rights"), false },
	{ "name", NC_("person", "Name"), false },
	{ "is_service", NULL, false },
	{ "has_pin", N_("PIN"), false },
	{ "locked_until", N_("Locked until"), false },
};

static int list_staff(struct call *call, struct err *err)
{
	CLEANUP(staff_list_finish) struct staff_list list = { 0 };

	TRY(staff_list(call->db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct staff_row *row = &list.rows[i];
		table_text(call->table, row->staff.code);
		table_word(
			call->table, staff_role_name(row->staff.role), words_role(row->staff.role));
		table_text(call->table, call->is_staff ? row->name : NULL);
		table_fact(call->table, row->staff.role == ROLE_SERVICE, NULL);
		table_fact(call->table, row->has_pin, row->has_pin ? "✓" : "");
		CLEANUP(mem_free) char *until = words_instant(row->locked_until, call_now(call));
		table_instant(call->table, row->locked_until, until);
	}
	return 0;
}

/* ---- add ---- */

struct new_pin {
	char pin[STAFF_PIN_DIGITS + 1]; /* "": from a file, and not shown */
	char hash[STAFF_HASH_SIZE];
};

static void wipe(struct new_pin *pin)
{
	sodium_memzero(pin, sizeof(*pin));
}

/* From --new-pin-file, or random, for this member of staff. */
static int make_pin(struct call *call, int64_t staff, struct new_pin *ret, struct err *err)
{
	const char *file = call_option(call, "new-pin-file");
	CLEANUP(pin_wipe) char *chosen = NULL;
	struct pepper pepper;

	if (file)
		TRY(pin_from_file(file, &chosen, err));
	TRY(pepper_open(call_context(call)->dir, &pepper, err));
	int r = file ? staff_pin_hash(&pepper, staff, chosen, ret->hash, err)
		     : staff_pin_draw(&pepper, staff, ret->pin, ret->hash, err);
	sodium_memzero(&pepper, sizeof(pepper));
	return r;
}

static void tell_pin(const char *code, const struct new_pin *pin)
{
	if (*pin->pin)
		printf(_("staff %s has the PIN %s; it is told only now\n"), code, pin->pin);
}

/* A PIN without a card opens nothing at the counter. */
static void tell_card(const struct staff_new *staff)
{
	if (!staff->resident && staff->role != ROLE_SERVICE)
		printf(_("the card that goes with it: jiaplus staff card %s\n"), staff->code);
}

static int read_new(struct call *call, struct staff_new *ret, char **ret_name, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	const char *name = call_count(call) > 2 ? call_operand(call, 2) : NULL;

	ret->code = call_operand(call, 0);
	ret->resident = call_option_id(call, "resident", 0);
	TRY(staff_role_parse(call_operand(call, 1), &ret->role, err));
	if (ret->resident)
		TRY(resident_person(call->db, ret->resident, &person, err));
	*ret_name = mem_text(name ? name : person.name ? person.name : "");
	ret->name = *ret_name;
	return 0;
}

/* With the PIN or the token, or not at all. */
static int add_whole(
	struct call *call, const struct staff_new *staff, struct new_pin *pin, struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;
	int64_t id;

	TRY(txn_begin(&txn, call->db, err));
	TRY(staff_add(call->db, &call->act, staff, &id, err));
	call_key(call, 1);
	if (staff->role != ROLE_SERVICE)
		TRY(make_pin(call, id, pin, err));
	TRY(staff->role == ROLE_SERVICE ? staff_token_issue(call->db, &call->act, id,
						  call_option(call, "token"), err)
					: staff_pin_set(call->db, &call->act, id, pin->hash, err));
	return txn_commit(&txn, err);
}

static int add_staff(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(wipe) struct new_pin pin = { 0 };
	struct staff_new staff = { 0 };

	TRY(read_new(call, &staff, &name, err));
	if ((staff.role == ROLE_SERVICE) != call_has(call, "token"))
		return call_usage(
			call, _("--token FILE goes with the role service, and only with it"));
	TRY(add_whole(call, &staff, &pin, err));
	tell_pin(staff.code, &pin);
	tell_card(&staff);
	return 0;
}

/* ---- a new PIN, a card, the end of a lockout, and leaving ---- */

static int change_pin(struct call *call, struct err *err)
{
	CLEANUP(wipe) struct new_pin pin = { 0 };
	int64_t id = call_id(call, 0);
	struct staff staff;

	TRY(staff_get(call->db, id, &staff, err));
	TRY(make_pin(call, id, &pin, err));
	TRY(staff_pin_set(call->db, &call->act, id, pin.hash, err));
	tell_pin(staff.code, &pin);
	return 0;
}

static int print_card(struct call *call, int64_t staff, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	char payload[CODE_TEXT_MAX];

	TRY(staff_card_issue(call->db, &call->act, staff, payload, err));
	const struct card_face face = { .staff = staff, .payload = payload };
	TRY(cards_build(call->db, &head, &face, 1, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

static int new_card(struct call *call, struct err *err)
{
	const char *to = call_option(call, "to");
	int64_t id = call_id(call, 0);

	return to ? staff_card_to_file(call_context(call), call->db, &call->act, id, to, err)
		  : print_card(call, id, err);
}

static int unlock(struct call *call, struct err *err)
{
	return staff_unlock(call->db, &call->act, call_id(call, 0), err);
}

static int leave(struct call *call, struct err *err)
{
	return staff_leave(call->db, &call->act, call_id(call, 0), err);
}

#define NEW_PIN                                                                 \
	{                                                                       \
		"new-pin-file", { OPERAND_FILE },                               \
			N_("The PIN that they get; else one is drawn and told") \
	}

static const struct verb_option add_options[] = {
	{ "resident", { OPERAND_CARD },
		N_("Whose card opens volunteer mode; gives the name, too") },
	NEW_PIN,
	{ "token", { OPERAND_FILE },
		N_("Where the token of a service account goes, such as for cron"), OUTPUT_KEPT },
	{ 0 },
};
static const struct verb_option pin_options[] = { NEW_PIN, { 0 } };
static const struct verb_option card_options[] = {
	{ "to", { OPERAND_FILE, .word = N_("FILE.pdf") },
		N_("Draw into a file (.pdf, .png) instead of printing"), OUTPUT_REDRAWN },
	{ 0 },
};

const struct verb staff_verbs[] = {
	{
		.name = "staff list",
		.help = N_("List who may do what at the counter"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(columns),
		.run = list_staff,
	},
	{
		.name = "staff add",
		.operands = { { OPERAND_TEXT, .word = N_("CODE") },
			{ OPERAND_TEXT, .word = N_("ROLE") },
			{ OPERAND_TEXT, TIMES_MAYBE, .word = NC_("person", "NAME") } },
		.help = N_("Add a volunteer, coordinator, admin or service; tells the PIN once"),
		.takes = VERB_ACT, /* repeated, the PIN would be another */
		.options = add_options,
		.run = add_staff,
	},
	{
		.name = "staff pin",
		.operands = { { OPERAND_STAFF, .word = N_("CODE") } },
		.help = N_("Give somebody a new PIN, which also ends a lockout"),
		.takes = VERB_ACT, /* repeated, the PIN would be another */
		.options = pin_options,
		.run = change_pin,
	},
	{
		.name = "staff card",
		.operands = { { OPERAND_STAFF, .word = N_("CODE") } },
		.help = N_("Print a new card that opens staff mode, for who is no resident"),
		.takes = VERB_ACT, /* repeated, the card would be another */
		.options = card_options,
		.run = new_card,
	},
	{
		.name = "staff unlock",
		.operands = { { OPERAND_STAFF, .word = N_("CODE") } },
		.help = N_("End a lockout after wrong PINs; the PIN stays"),
		.takes = VERB_ACT | VERB_KEY,
		.run = unlock,
	},
	{
		.name = "staff leave",
		.operands = { { OPERAND_STAFF, .word = N_("CODE") } },
		.help = N_("Somebody works at the counter no more; what they did stays"),
		.takes = VERB_ACT | VERB_KEY,
		.run = leave,
	},
	{ 0 },
};
