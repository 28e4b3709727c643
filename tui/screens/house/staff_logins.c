/* Who may do what at the counter: an administrator adds members of staff, sets PINs, removes
 * them. */
#include <sodium.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/desk/desk.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/people/staff.h"
#include "core/words.h"
#include "tui/context.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/house/screens.h"
#include "tui/widgets/dialog.h"

struct staff_logins {
	struct list_page page;
	struct staff_list all;
};

/* ---- the list ---- */

enum { COLUMN_CODE, COLUMN_NAME, COLUMN_ROLE, COLUMN_HOW };

static const struct list_column columns[] = {
	[COLUMN_CODE] = { N_("Log-in code"), .min = 10, .max = STAFF_CODE_MAX },
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 12 },
	[COLUMN_ROLE] = { N_("Rights"), .min = 8, .max = 12 },
	[COLUMN_HOW] = { N_("Proves it by"), .min = 10, .max = 24 },
};

static char *staff_logins_how_text(const struct staff_logins *a, const struct staff_row *row)
{
	if (row->staff.role == ROLE_SERVICE)
		return mem_text(_("token file"));
	if (!row->has_pin)
		return mem_text(_("no PIN yet"));
	if (!row->locked_until)
		return mem_text(row->staff.resident ? _("card and PIN") : _("staff card and PIN"));
	CLEANUP(mem_free) char *until = words_instant(row->locked_until, kiosk_now(a->page.kiosk));
	/* Wrong PINs, and until when none is accepted. */
	return mem_printf(_("locked until %s"), until);
}

static void staff_logins_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct staff_logins *a = self;
	const struct staff_row *staff = row;

	ret->style = staff->has_pin && !staff->locked_until ? STYLE_PAPER : STYLE_NEEDED;
	switch (column) {
	case COLUMN_CODE:
		ret->text = mem_text(staff->staff.code);
		break;
	case COLUMN_NAME:
		ret->text = mem_text(staff->name);
		break;
	case COLUMN_ROLE:
		ret->text = mem_text(words_role(staff->staff.role));
		break;
	default:
		ret->text = staff_logins_how_text(a, row);
	}
}

static int staff_logins_read(void *self, struct err *err)
{
	struct staff_logins *a = self;

	return staff_list(a->page.kiosk->db, &a->all, err);
}

static void staff_logins_forget(void *self)
{
	staff_list_finish(&((struct staff_logins *)self)->all);
}

bool staff_logins_may(struct app *app, void *self)
{
	const struct staff *staff = desk_staff(kiosk_of(app)->desk);

	(void)self;
	return staff && staff->role >= ROLE_ADMIN;
}

/* ---- PINs: drawn here, shown once ---- */

static int staff_logins_draw_pin(
	struct app *app, int64_t staff, char pin[STAFF_PIN_DIGITS + 1], struct err *err)
{
	const struct kiosk *kiosk = kiosk_of(app);
	const struct act act = clerk_act(app, 0);
	char hash[STAFF_HASH_SIZE];
	struct pepper pepper;

	TRY(pepper_open(kiosk->context->dir, &pepper, err));
	int r = staff_pin_draw(&pepper, staff, pin, hash, err);
	sodium_memzero(&pepper, sizeof(pepper));
	return r < 0 ? r : staff_pin_set(kiosk->db, &act, staff, hash, err);
}

static void staff_logins_show_pin(
	struct app *app, const char *name, const char pin[STAFF_PIN_DIGITS + 1])
{
	CLEANUP(mem_free)
	char *text = mem_printf(
		_("The PIN is %s. It is shown only now: let them write it down or learn it."), pin);
	const struct dialog dialog = { .kind = BANNER_DONE, .title = name, .text = text };

	dialog_open(app, &dialog);
}

static void staff_logins_new_pin(struct app *app, void *self)
{
	const struct staff_row *row = list_page_row(self);
	char pin[STAFF_PIN_DIGITS + 1];
	struct err err = { 0 };

	if (staff_logins_draw_pin(app, row->staff.id, pin, &err) < 0)
		clerk_tell_err(app, &err);
	else
		staff_logins_show_pin(app, row->name, pin);
	sodium_memzero(pin, sizeof(pin));
	list_page_refresh(self);
}

static bool staff_logins_has_pin(struct app *app, void *self)
{
	const struct staff_row *row = list_page_row(self);

	return staff_logins_may(app, self) && row && row->staff.role != ROLE_SERVICE;
}

/* ---- cards and lockouts ---- */

static void staff_logins_print_card(struct app *app, void *context, int button)
{
	const struct staff_row *row = list_page_row(context);
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button != 0 || !row)
		return;
	if (papers_staff_card(kiosk_of(app), &act, row->staff.id, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("A new staff card is being printed"), NULL);
}

static void staff_logins_ask_card(struct app *app, void *self)
{
	const struct staff_row *row = list_page_row(self);
	const char *const buttons[] = { _("Print a new card"), _("Leave it"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = row->name,
		.text = _("The card that they have works no more from then on."),
		.buttons = buttons,
		.marked = 1,
		.done = staff_logins_print_card,
		.context = self,
	};

	dialog_open(app, &dialog);
}

/* A resident has a share card, which their own page prints again. */
static bool staff_logins_has_staff_card(struct app *app, void *self)
{
	const struct staff_row *row = list_page_row(self);

	return staff_logins_has_pin(app, self) && !row->staff.resident;
}

static void staff_logins_unlock(struct app *app, void *self)
{
	const struct staff_row *row = list_page_row(self);
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int r = staff_unlock(kiosk_of(app)->db, &act, row->staff.id, &err);

	list_page_conclude(self, r, &err, _("PINs are taken again"), NULL);
}

static bool staff_logins_is_locked(struct app *app, void *self)
{
	const struct staff_row *row = list_page_row(self);

	return staff_logins_has_pin(app, self) && row->locked_until;
}

/* ---- a new one ---- */

enum { NAME, CODE, ROLE, NUMBER, FIELD_COUNT };

static const char *const roles[] = { N_("Volunteer"), N_("Coordinator"), N_("Administrator"),
	NULL };

struct staff_form {
	const char *name, *code;
	int role;
	int64_t number; /* the resident's; 0: none */
};

static const struct form_row rows[FIELD_COUNT] = {
	[NAME] = { FIELD_CHINESE(NC_("person", "Name"), 40),
		BIND_TEXT("name", struct staff_form, name) },
	[CODE] = { FIELD_TEXT(N_("Log-in code"), STAFF_CODE_MAX),
		HINT(N_("small letters and digits, such as chen")),
		HELP(N_("What names them at the shell. It is never given to "
			"somebody else.")),
		BIND_TEXT(NULL, struct staff_form, code),
		.codes = { REASON_STAFF_CODE_BAD, REASON_STAFF_EXISTS } },
	[ROLE] = { FIELD_CHOICE(N_("Rights"), roles), BIND_CHOICE(struct staff_form, role) },
	[NUMBER] = { FIELD_DIGITS(N_("Resident's number"), 9),
		HELP(N_("Their own card then opens volunteer mode; without it they "
			"get a staff card.")),
		BIND_NUMBER_OR(0, "number", struct staff_form, number, 0, 999999999),
		.codes = { REASON_RESIDENT_UNKNOWN, REASON_RESIDENT_LEFT, REASON_NUMBER_BAD } },
};

static int staff_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct staff_form *f = filled;
	const struct act act = clerk_act(app, 0);
	struct resident resident = { 0 };
	int64_t id;

	if (f->number)
		TRY(resident_by_number(kiosk_of(app)->db, f->number, &resident, err));
	const struct staff_new staff = { .code = f->code,
		.name = f->name,
		.role = (enum role)(ROLE_VOLUNTEER + f->role),
		.resident = resident.id };
	TRY(staff_add(kiosk_of(app)->db, &act, &staff, &id, err));
	form_done(done, _("Now give them a PIN"), NULL);
	return 0;
}

static const struct form_page staff_page = {
	.screen = FORM_SCREEN(N_("New member of staff")),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct staff_form),
	.hush = FORM_HUSH_OPEN,
	.save = staff_form_save,
};

static void staff_logins_add(struct app *app, void *self)
{
	form_page_open(app, &staff_page, &(struct staff_form){ 0 });
}

/* ---- letting go ---- */

static void staff_logins_let_go(struct app *app, void *context, int button)
{
	const struct staff_row *row = list_page_row(context);
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button != 0 || !row)
		return;
	int r = staff_leave(kiosk_of(app)->db, &act, row->staff.id, &err);
	list_page_conclude(context, r, &err, _("Works at the counter no more"), NULL);
}

static void staff_logins_ask_let_go(struct app *app, void *self)
{
	const struct staff_row *row = list_page_row(self);
	const char *const buttons[] = { _("Let go"), _("Leave it"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = row->name,
		.text = _("PIN and code work no more. What they did stays as it is."),
		.buttons = buttons,
		.marked = 1,
		.done = staff_logins_let_go,
		.context = self,
	};

	dialog_open(app, &dialog);
}

/* Somebody who is logged in would shut themselves out. */
static bool staff_logins_is_other(struct app *app, void *self)
{
	const struct staff_row *row = list_page_row(self);
	const struct staff *me = desk_staff(kiosk_of(app)->desk);

	return staff_logins_may(app, self) && row && me->id != row->staff.id;
}

static const struct action staff_logins_actions[] = {
	{ '1', N_("New"), N_("Adds a member of staff."), staff_logins_add, staff_logins_may,
		.place = ACTION_TILE },
	{ '2', N_("New PIN"), N_("Draws a PIN, shows it once, and ends a lockout."),
		staff_logins_new_pin, staff_logins_has_pin, .place = ACTION_TILE },
	{ '3', N_("Let go"), N_("Works at the counter no more."), staff_logins_ask_let_go,
		staff_logins_is_other, .place = ACTION_TILE },
	{ '4', N_("Staff card"), N_("Prints a card for who is no resident; the old one ends."),
		staff_logins_ask_card, staff_logins_has_staff_card, .place = ACTION_TILE },
	{ '5', N_("Unlock"), N_("Ends the wait after wrong PINs; the PIN stays."),
		staff_logins_unlock, staff_logins_is_locked, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind staff_logins_page = {
	.screen = LIST_PAGE(N_("Staff"), staff_logins_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct staff_logins, all),
	.read = staff_logins_read,
	.forget = staff_logins_forget,
	.cell = staff_logins_cell,
};

void staff_logins_open(struct app *app)
{
	list_page_open(app, &staff_logins_page);
}
