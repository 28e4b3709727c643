/* resident edit|note|pause|resume|consent|hand-over; pause, leave, merge, erase: what becomes of a
 * person's record */
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/leaving/erase.h"
#include "core/leaving/hand_over.h"
#include "core/leaving/leave.h"
#include "core/leaving/merge.h"
#include "core/people/child.h"
#include "core/people/consent.h"
#include "core/people/pause.h"
#include "core/people/resident.h"
#include "core/site/setting.h"
#include "tui/i18n.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/named.h"
#include "tui/verbs/people.h"

/* Whom the first operand names, and an act for them. */
static int begin(
	struct call *call, struct act *act, struct db **db, int64_t *ret_id, struct err *err)
{
	int r = call_act(call, act, db, err);

	if (r != 0)
		return r;
	TRY(named_resident(*db, call_operand(call, 0), ret_id, err));
	act->resident = *ret_id;
	return 0;
}

/* ---- what is kept of them ---- */

int people_wall(const char *word, int *ret, struct err *err)
{
	static const char *const words[WALL_COUNT] = {
		[WALL_FULL] = "full", [WALL_ALIAS] = "alias", [WALL_MASKED] = "masked"
	};

	for (int i = 0; i < WALL_COUNT; i++)
		if (strcmp(words[i], word) == 0) {
			*ret = i;
			return 0;
		}
	return err_set(err, ERR_INVALID, REASON_TEXT(WORD_BAD, "wall"));
}

int people_birth_year(struct db *db, const char *word, int *ret, struct err *err)
{
	long long year;

	TRY(text_integer(word, "birth_year", BIRTH_YEAR_MIN, db_today(db).year, &year, err));
	*ret = (int)year;
	return 0;
}

static bool is_none(const char *word)
{
	return strcmp(word, "none") == 0;
}

static int read_edit(struct call *call, struct db *db, struct resident_edit *edit, struct err *err)
{
	const char *guardian = call_option(call, "guardian"), *born = call_option(call, "born");
	const char *wall = call_option(call, "wall");

	edit->name = call_option(call, "name");
	edit->alias = call_option(call, "alias");
	edit->phone = call_option(call, "phone");
	edit->building = call_option(call, "building");
	edit->room = call_option(call, "room");
	edit->category = call_option(call, "category");
	edit->fetchers = call_option(call, "fetchers");
	edit->pinyin = call_option(call, "pinyin");
	edit->initials = call_option(call, "initials");
	if (born && is_none(born))
		edit->birth_year = 0;
	else if (born)
		TRY(people_birth_year(db, born, &edit->birth_year, err));
	if (guardian && is_none(guardian))
		edit->guardian = 0;
	else if (guardian)
		TRY(named_resident(db, guardian, &edit->guardian, err));
	return wall ? people_wall(wall, &edit->wall_name, err) : 0;
}

static int edit_resident(struct call *call, struct err *err)
{
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	struct act act;
	struct db *db;
	int64_t id;

	int r = begin(call, &act, &db, &id, err);
	if (r != 0)
		return r;
	TRY(read_edit(call, db, &edit, err));
	return resident_edit(db, &act, id, &edit, err);
}

/* Without words the note is taken away. */
static int note_resident(struct call *call, struct err *err)
{
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	CLEANUP(mem_free) char *words = NULL;
	struct act act;
	struct db *db;
	int64_t id;

	int r = begin(call, &act, &db, &id, err);
	if (r != 0)
		return r;
	words = call_rest(call, 1);
	edit.note = words;
	return resident_edit(db, &act, id, &edit, err);
}

static int consent_resident(struct call *call, struct err *err)
{
	const char *version = call_option(call, "consent");
	CLEANUP(mem_free) char *in_force = NULL;
	struct act act;
	struct db *db;
	int64_t id;

	int r = begin(call, &act, &db, &id, err);
	if (r != 0)
		return r;
	if (!version)
		TRY(setting_text(db, SETTING_CONSENT_VERSION, &in_force, err));
	return consent_give(db, &act, id, version ? version : in_force, err);
}

static int hand_over_kept(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	struct act act;
	struct db *db;
	int64_t id;

	int r = begin(call, &act, &db, &id, err);
	if (r != 0)
		return r;
	TRY(hand_over(db, &act, &head, id, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_OFFICE_A4, sheet, err);
}

/* ---- pauses ---- */

static int pause_resident(struct call *call, struct err *err)
{
	const char *until_on = call_option(call, "until"), *why = call_option(call, "why");
	struct err fault = { 0 };
	struct day until;
	struct act act;
	struct db *db;
	int64_t id;

	if (!until_on || !why)
		return call_usage(call, _("a pause needs its last day, --until DAY, and a reason, "
					  "--why TEXT"));
	if (day_parse(until_on, &until, &fault) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "until"));
	int r = begin(call, &act, &db, &id, err);
	if (r != 0)
		return r;
	act.why = NULL; /* it is kept with the person, who can read it */
	return pause_begin(db, &act, id, until, why, err);
}

static int resume_resident(struct call *call, struct err *err)
{
	struct act act;
	struct db *db;
	int64_t id;

	int r = begin(call, &act, &db, &id, err);
	return r != 0 ? r : pause_end(db, &act, id, err);
}

/* ---- leaving ---- */

static int points_to(struct call *call, struct db *db, int64_t *ret, struct err *err)
{
	const char *card = call_option(call, "points-to");

	*ret = 0;
	return card ? named_resident(db, card, ret, err) : 0;
}

static int leave(struct call *call, struct err *err)
{
	struct act act;
	struct db *db;
	int64_t id, to;

	int r = begin(call, &act, &db, &id, err);
	if (r != 0)
		return r;
	TRY(points_to(call, db, &to, err));
	return person_leave(db, &act, id, to, err);
}

static int merge(struct call *call, struct err *err)
{
	struct act act;
	struct db *db;
	int64_t from, into;

	int r = begin(call, &act, &db, &from, err);
	if (r != 0)
		return r;
	TRY(named_resident(db, call_operand(call, 1), &into, err));
	act.resident = into;
	return person_merge(db, &act, from, into, err);
}

static int erase(struct call *call, struct err *err)
{
	const struct context *context = call_context(call);
	struct erasing erasing = { .where = { .dir = context->dir, .config = &context->config } };
	struct erased erased = { 0 };
	struct act act;
	struct db *db;
	int64_t id;

	if (!call_has(call, "yes"))
		return call_usage(call, _("what is erased cannot be brought back: say --yes"));
	int r = begin(call, &act, &db, &id, err);
	if (r != 0)
		return r;
	TRY(points_to(call, db, &erasing.points_to, err));
	TRY(person_erase(db, &act, id, &erasing, &erased, err));
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
	{ "name", NC_("person", "NAME"), NC_("person", "Name") },
	{ "alias", N_("TEXT"), N_("Form of address") },
	{ "phone", N_("NUMBER"), N_("Phone number") },
	{ "building", N_("TEXT"), N_("Building; a move names building and room") },
	{ "room", N_("TEXT"), N_("Room") },
	{ "category", N_("CODE"), N_("Category of resident") },
	{ "born", N_("YEAR"), N_("Year of birth; none: not kept any more") },
	{ "guardian", N_("CARD"), N_("Of a child: who looks after it; none: nobody any more") },
	{ "fetchers", N_("LIST"), N_("Who else may fetch a child: \"12; Grandma Li\"") },
	{ "wall", N_("WORD"), N_("Name on the wall: full, alias or masked") },
	{ "pinyin", N_("TEXT"), N_("Reading of the name, if it is not the usual one") },
	{ "initials", N_("TEXT"), N_("Its initials, if they are not the usual ones") },
	{ 0 },
};
static const struct verb_option consent_options[] = {
	{ "consent", N_("VERSION"), N_("Version of the notice agreed to; else the one in force") },
	{ 0 },
};
static const struct verb_option hand_over_options[] = {
	{ "to", N_("FILE"), N_("Write the paper to a file: .pdf, .png, .pbm, .escpos"),
		OUTPUT_REDRAWN },
	{ 0 },
};
static const struct verb_option pause_options[] = {
	{ "until", N_("DAY"), N_("The last day of the pause") },
	{ "why", N_("TEXT"), N_("Why: kept for staff and for the person alone") },
	{ 0 },
};
#define OPTION_POINTS_TO                                                                      \
	{                                                                                     \
		"points-to", N_("CARD"), N_("Who gets the points; else the common pool does") \
	}
static const struct verb_option leave_options[] = { OPTION_POINTS_TO, { 0 } };
static const struct verb_option erase_options[] = {
	OPTION_POINTS_TO,
	{ "yes", NULL, N_("Yes, for good") },
	{ 0 },
};

#define PERSON(name_, usage_, help_, min_, max_, options_, run_)                         \
	{                                                                                \
		.name = name_, .usage = usage_, .help = help_, .min = min_, .max = max_, \
		.takes = VERB_STAFF | VERB_KEY, .options = options_, .run = run_,        \
	}

const struct verb people_verbs[] = {
	PERSON("resident edit", N_("CARD"), N_("Change what is kept of a resident"), 1, 1,
		edit_options, edit_resident),
	PERSON("resident note", N_("CARD [TEXT…]"),
		N_("Write a note for staff; without a text take it away"), 1, -1, NULL,
		note_resident),
	PERSON("resident consent", N_("CARD"),
		N_("Write down that the privacy notice was agreed to; for a child by its guardian"),
		1, 1, consent_options, consent_resident),
	PERSON("resident pause", N_("CARD"),
		N_("For a time they cannot borrow, book, use a room, redeem or sign up; they can "
		   "give things back"),
		1, 1, pause_options, pause_resident),
	PERSON("resident resume", N_("CARD"), N_("End a pause before its time"), 1, 1, NULL,
		resume_resident),
	PERSON("resident hand-over", N_("CARD"),
		N_("Print all that is kept of a resident, for them"), 1, 1, hand_over_options,
		hand_over_kept),
	PERSON("pause", N_("CARD"), N_("The same as resident pause"), 1, 1, pause_options,
		pause_resident),
	PERSON("leave", N_("CARD"),
		N_("A resident moves away: ends the card and what is in their name"), 1, 1,
		leave_options, leave),
	PERSON("merge", N_("CARD CARD"),
		N_("Make two records of one person one: the first goes, the second stays"), 2, 2,
		NULL, merge),
	PERSON("erase", N_("CARD"), N_("Keep nothing personal of a resident any more"), 1, 1,
		erase_options, erase),
	{ 0 },
};
