/* 赠送: an item leaves for good, to a resident by number or card, or to a body by name. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/items/giveaway.h"
#include "core/people/reasons.h"
#include "tui/devices.h"
#include "tui/screens/moving.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"

enum { RESIDENT, BODY, SLIP, FIELD_COUNT };

struct gift {
	struct app *app;
	struct kiosk *kiosk;
	struct form *form;
	char *state;
	struct item item;
	struct moving_exception exception;
};

static const struct screen gift_screen;

static const struct form_field fields[FIELD_COUNT] = {
	[RESIDENT] = { .label = N_("Resident"),
		.kind = FORM_DIGITS,
		.help = N_("scan the card, or type the number"),
		.max_chars = 9 },
	[BODY] = { .label = N_("Or a body"),
		.kind = FORM_TEXT,
		.hint = N_("such as: the street's charity"),
		.is_chinese = true },
	[SLIP] = { .label = N_("Slip"), .kind = FORM_CHECK, .hint = N_("Print it") },
};

static const struct clerk_field blamed[] = {
	{ .code = REASON_RESIDENT_UNKNOWN, .field = RESIDENT },
	{ .code = REASON_RESIDENT_LEFT, .field = RESIDENT },
	{ .name = "resident", .field = RESIDENT },
	{ .name = "receiver", .field = BODY },
};

static void set_resident(struct gift *gift, int64_t resident)
{
	CLEANUP(mem_free) char *number = moving_number_of(gift->kiosk, resident);

	form_set_text(gift->form, RESIDENT, number);
}

void giveaway_open(struct app *app, int64_t item)
{
	struct gift *gift = mem_alloc(sizeof(*gift));
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);
	struct err err = { 0 };

	gift->app = app;
	gift->kiosk = kiosk_of(app);
	if (item_get(gift->kiosk->db, item, &gift->item, &err) < 0) {
		free(gift);
		clerk_tell_err(app, &err);
		return;
	}
	gift->form = form_create(fields, FIELD_COUNT, gift, kiosk_pinyin(gift->kiosk));
	form_set_choice(gift->form, SLIP, 1);
	if (visit)
		set_resident(gift, visit->resident);
	gift->state = clerk_form_state(gift->form, FIELD_COUNT);
	app_push(app, &gift_screen, gift);
}

static void hush(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void leave(struct app *app, void *self)
{
	struct gift *gift = self;

	(void)app;
	form_destroy(gift->form);
	item_finish(&gift->item);
	free(gift->state);
	free(gift);
}

/* The gift and its slip, both or neither. */
static int give(struct gift *gift, const char *exception, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct giveaway_draft draft = { gift->item.id, 0, form_text(gift->form, BODY) };
	int64_t id;

	TRY(moving_resident(gift->kiosk, form_text(gift->form, RESIDENT), &draft.resident, err));
	struct act act = clerk_act(gift->app, draft.resident);
	CLEANUP(mem_free) char *why = exception ? clerk_why(&act, exception) : NULL;
	act.is_override = exception != NULL;
	act.why = why ? why : act.why;
	TRY(txn_begin(&t, gift->kiosk->db, err));
	TRY(giveaway_make(gift->kiosk->db, &act, &draft, &id, err));
	if (form_choice(gift->form, SLIP))
		TRY(papers_move_slip(gift->kiosk, MOVE_GIVEAWAY, id, err));
	return txn_commit(&t, err);
}

static void finish(struct gift *gift)
{
	struct app *app = gift->app;
	struct kiosk *kiosk = gift->kiosk;
	CLEANUP(mem_free) char *title = moving_item_words(&gift->item);

	app_pop(app);
	clerk_tell_done(app, title, _("given away"));
	devices_print(kiosk->devices);
}

static void save_excepted(struct app *app, void *context, const char *why)
{
	struct gift *gift = context;
	struct err err = { 0 };

	if (give(gift, why, &err) < 0)
		clerk_blame(app, gift->form, blamed, ARRAY_LEN(blamed), &err);
	else
		finish(gift);
}

static void save(struct app *app, void *self)
{
	struct gift *gift = self;
	struct err err = { 0 };

	clerk_hush(app);
	if (give(gift, NULL, &err) == 0) {
		finish(gift);
	} else if (moving_can_be_excepted(&err)) {
		gift->exception = (struct moving_exception){ _("Gift"), save_excepted, gift };
		moving_refuse(app, &gift->exception, &err);
	} else {
		clerk_blame(app, gift->form, blamed, ARRAY_LEN(blamed), &err);
	}
}

static void stop(struct app *app, void *self)
{
	struct gift *gift = self;

	clerk_leave_form(app, gift->form, FIELD_COUNT, gift->state);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct gift *gift = self;

	return clerk_form_key(app, gift->form, key, save, gift);
}

static void paste(struct app *app, void *self, const char *pasted)
{
	form_paste(((struct gift *)self)->form, pasted);
	app_redraw(app);
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct gift *gift = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	clerk_hush(app);
	if (moving_card(gift->kiosk, &code, &resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		set_resident(gift, resident);
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct gift *gift = self;
	CLEANUP(mem_free) char *words = moving_item_words(&gift->item);

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, _("Who is it for?"));
	draw_fit(area, 1, 0, area.cols, STYLE_MARK, words);
	rect_cut_top(&area, 3);
	clerk_draw_news(app, &area);
	form_draw(gift->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Give"), N_("Gives it away; so does Enter in the last field."), save },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, stop },
	{ 0 },
};

static const struct screen gift_screen = {
	.name = "giveaway",
	.title = N_("Gift"),
	.actions = actions,
	.is_modal = true,
	.enter = hush,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
	.paste = paste,
};
