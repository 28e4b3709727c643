/* resident edit|note|pause|resume|consent|hand-over; pause, leave, merge, erase: what happens to a
 * person's record */
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/leaving/erase.h"
#include "core/leaving/hand_over.h"
#include "core/leaving/leave.h"
#include "core/leaving/merge.h"
#include "core/people/child.h"
#include "core/people/consent.h"
#include "core/people/pause.h"
#include "core/people/resident_acts.h"
#include "core/site/setting.h"
#include "tui/i18n.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/people.h"

/* The resident whom the first operand names: the act is about them. */
static int64_t begin(struct call *call)
{
	call->act.resident = call_id(call, 0);
	return call_id(call, 0);
}

/* ---- what is kept of them ---- */

const char *const people_walls[] = {
	[WALL_FULL] = "full", [WALL_ALIAS] = "alias", [WALL_MASKED] = "masked", [WALL_COUNT] = NULL
};

int people_birth_year(struct db *db, const char *word, int *ret, struct err *err)
{
	long long year;

	TRY(text_integer(word, "birth_year", BIRTH_YEAR_MIN, db_today(db).year, &year, err));
	*ret = (int)year;
	return 0;
}

static int read_edit(struct call *call, struct resident_edit *edit, struct err *err)
{
	const char *born = call_option(call, "born");

	edit->name = call_option(call, "name");
	edit->alias = call_option(call, "alias");
	edit->phone = call_option(call, "phone");
	edit->building = call_option(call, "building");
	edit->room = call_option(call, "room");
	edit->category = call_option(call, "category");
	edit->fetchers = call_option(call, "fetchers");
	edit->pinyin = call_option(call, "pinyin");
	edit->initials = call_option(call, "initials");
	edit->guardian = call_option_id(call, "guardian", edit->guardian);
	edit->wall_name = (int)call_option_number(call, "wall", edit->wall_name);
	if (!born)
		return 0;
	edit->birth_year = 0;
	return strcmp(born, "none") == 0
		       ? 0
		       : people_birth_year(call->db, born, &edit->birth_year, err);
}

static int edit_resident(struct call *call, struct err *err)
{
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	int64_t id = begin(call);

	TRY(read_edit(call, &edit, err));
	return resident_edit(call->db, &call->act, id, &edit, err);
}

/* Without words the note is removed. */
static int note_resident(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *words = call_rest(call, 1);
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	int64_t id = begin(call);

	edit.note = words;
	return resident_edit(call->db, &call->act, id, &edit, err);
}

static int consent_resident(struct call *call, struct err *err)
{
	const char *version = call_option(call, "consent");
	CLEANUP(mem_free) char *in_force = NULL;
	int64_t id = begin(call);

	if (!version)
		TRY(setting_text(call->db, SETTING_CONSENT_VERSION, &in_force, err));
	return consent_give(call->db, &call->act, id, version ? version : in_force, err);
}

static int hand_over_kept(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	int64_t id = begin(call);

	TRY(hand_over(call->db, &call->act, &head, id, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

/* ---- pauses ---- */

static int pause_resident(struct call *call, struct err *err)
{
	const struct day until = call_option_day(call, "until", (struct day){ 0 });
	const char *why = call_option(call, "why");
	int64_t id = begin(call);

	if (!call_has(call, "until") || !why)
		return call_usage(call, _("a pause needs its last day, --until DAY, and a reason, "
					  "--why TEXT"));
	call->act.why = NULL; /* it is kept with the person, who can read it */
	return pause_begin(call->db, &call->act, id, until, why, err);
}

static int resume_resident(struct call *call, struct err *err)
{
	int64_t id = begin(call);

	return pause_end(call->db, &call->act, id, err);
}

/* ---- leaving ---- */

static int leave(struct call *call, struct err *err)
{
	int64_t id = begin(call), to = call_option_id(call, "points-to", 0);

	return person_leave(call->db, &call->act, id, to, err);
}

static int merge(struct call *call, struct err *err)
{
	call->act.resident = call_id(call, 1);
	return person_merge(call->db, &call->act, call_id(call, 0), call_id(call, 1), err);
}

static int erase(struct call *call, struct err *err)
{
	const struct context *context = call_context(call);
	const struct erasing erasing = {
		.where = { .dir = context->dir, .config = &context->config },
		.points_to = call_option_id(call, "points-to", 0),
	};
	struct erased erased = { 0 };
	int64_t id = begin(call);

	if (!call_has(call, "yes"))
		return call_usage(call, _("what is erased cannot be brought back: say --yes"));
	TRY(person_erase(call->db, &call->act, id, &erasing, &erased, err));
	fprintf(stderr, "jiaplus: %s\n",
		_("erased; backups and tables that were written before still have the person, for "
		  "up to 12 months"));
	if (erased.is_whole)
		return 0;
	fprintf(stderr, "jiaplus: %s\n",
		_("another program is at work: erase once more in a minute, so that the file "
		  "forgets it, too"));
	return EXIT_STORAGE;
}

/* ---- rows ---- */

static const struct verb_option edit_options[] = {
	{ "name", { OPERAND_TEXT, .word = NC_("person", "NAME") }, NC_("person", "Name") },
	{ "alias", { OPERAND_TEXT }, N_("Form of address") },
	{ "phone", { OPERAND_TEXT, .word = NC_("phone", "NUMBER") }, N_("Phone number") },
	{ "building", { OPERAND_TEXT }, N_("Building; a move names building and room") },
	{ "room", { OPERAND_TEXT }, N_("Room") },
	{ "category", { OPERAND_TEXT, .word = N_("CODE") }, N_("Category of resident") },
	{ "born", { OPERAND_TEXT, .word = N_("YEAR") },
		N_("Year of birth; none: not kept any more") },
	{ "guardian", { OPERAND_CARD, .may_be_none = true },
		N_("Of a child: who looks after it; none: nobody any more") },
	{ "fetchers", { OPERAND_TEXT, .word = N_("LIST") },
		N_("Who else may fetch a child: \"12; Grandma Li\"") },
	{ "wall", { OPERAND_CHOICE, .word = N_("WORD"), .choices = people_walls },
		N_("Name on the wall: full, alias or masked") },
	{ "pinyin", { OPERAND_TEXT }, N_("Reading of the name, if it is not the usual one") },
	{ "initials", { OPERAND_TEXT }, N_("Its initials, if they are not the usual ones") },
	{ 0 },
};
static const struct verb_option consent_options[] = {
	{ "consent", { OPERAND_TEXT, .word = N_("VERSION") },
		N_("Version of the notice agreed to; else the one in force") },
	{ 0 },
};
static const struct verb_option hand_over_options[] = {
	{ "to", { OPERAND_FILE }, N_("Write the paper to a file: .pdf, .png, .pbm, .escpos"),
		OUTPUT_REDRAWN },
	{ 0 },
};
static const struct verb_option pause_options[] = {
	{ "until", { OPERAND_DAY }, N_("The last day of the pause") },
	{ "why", { OPERAND_TEXT }, N_("Why: kept for staff and for the person alone") },
	{ 0 },
};
#define OPTION_POINTS_TO                                                     \
	{                                                                    \
		"points-to", { OPERAND_CARD },                               \
			N_("Who gets the points; else the common pool does") \
	}
static const struct verb_option leave_options[] = { OPTION_POINTS_TO, { 0 } };
static const struct verb_option erase_options[] = {
	OPTION_POINTS_TO,
	{ "yes", NO_VALUE, N_("Yes, for good") },
	{ 0 },
};

#define PERSON(name_, help_, options_, run_)                                    \
	{                                                                       \
		.name = name_, .operands = { { OPERAND_CARD } }, .help = help_, \
		.takes = VERB_ACT | VERB_KEY, .options = options_, .run = run_, \
	}

const struct verb people_verbs[] = {
	PERSON("resident edit", N_("Change what is kept of a resident"), edit_options,
		edit_resident),
	{
		.name = "resident note",
		.operands = { { OPERAND_CARD }, { OPERAND_TEXT, TIMES_ANY } },
		.help = N_("Write a note for staff; without a text take it away"),
		.takes = VERB_ACT | VERB_KEY,
		.run = note_resident,
	},
	PERSON("resident consent",
		N_("Write down that the privacy notice was agreed to; for a child by its guardian"),
		consent_options, consent_resident),
	PERSON("resident pause",
		N_("For a time they cannot borrow, book, use a room, redeem or sign up; they can "
		   "give things back"),
		pause_options, pause_resident),
	PERSON("resident resume", N_("End a pause before its time"), NULL, resume_resident),
	PERSON("resident hand-over", N_("Print all that is kept of a resident, for them"),
		hand_over_options, hand_over_kept),
	PERSON("pause", N_("The same as resident pause"), pause_options, pause_resident),
	PERSON("leave", N_("A resident moves away: ends the card and what is in their name"),
		leave_options, leave),
	{
		.name = "merge",
		.operands = { { OPERAND_CARD }, { OPERAND_CARD } },
		.help = N_("Make two records of one person one: the first goes, the second stays"),
		.takes = VERB_ACT | VERB_KEY,
		.run = merge,
	},
	PERSON("erase", N_("Keep nothing personal of a resident any more"), erase_options, erase),
	{ 0 },
};
