/* One of the things that points buy, filled in. What is saved holds from then on. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/reasons.h"
#include "core/items/title.h"
#include "core/points/body.h"
#include "core/rewards/reward.h"
#include "core/words_points.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"

/* The code comes last: an old one keeps its own, and the field is left out. */
enum {
	NAME,
	KIND,
	PRICE,
	YUAN,
	STOCK,
	TITLE,
	MERCHANT,
	HOURS,
	MONTH_LIMIT,
	VALID_DAYS,
	CODE,
	FIELD_COUNT
};

static const char *const kind_choices[] = { N_("goods"), N_("service"), N_("use of a room"),
	N_("place in an activity"), N_("merchant's voucher"), NULL };

#define DIGITS(name, words, hint_, help_)                                                         \
	[name] = {                                                                                \
		.label = words, .kind = FORM_DIGITS, .hint = hint_, .help = help_, .max_chars = 6 \
	}

static const struct form_field fields[FIELD_COUNT] = {
	[NAME] = { .label = N_("What it is called"),
		.kind = FORM_TEXT,
		.max_chars = 40,
		.is_chinese = true },
	[KIND] = { .label = N_("Kind"), .kind = FORM_CHOICE, .choices = kind_choices },
	DIGITS(PRICE, N_("Price in points"), N_("not for points"), NULL),
	[YUAN] = { .label = N_("or in yuan"),
		.kind = FORM_TEXT,
		.hint = N_("not for money"),
		.help = N_("A volunteer takes them, and they go to the community fund."),
		.max_chars = 9 },
	DIGITS(STOCK, N_("In stock"), N_("not counted"), NULL),
	[TITLE] = { .label = N_("or of the catalogue"),
		.kind = FORM_TEXT,
		.hint = N_("name of what is used up"),
		.help = N_("Its stock falls with every piece."),
		.max_chars = 60,
		.is_chinese = true },
	[MERCHANT] = { .label = N_("Merchant"), .kind = FORM_CHOICE },
	[HOURS] = { .label = N_("Service first, hours"),
		.kind = FORM_TEXT,
		.hint = N_("none"),
		.help = N_("Who is exempt need not have served."),
		.max_chars = 7 },
	DIGITS(MONTH_LIMIT, N_("A person and month"), N_("no limit"), NULL),
	DIGITS(VALID_DAYS, N_("Voucher good for days"), NULL, N_("Vouchers alone have this.")),
	[CODE] = { .label = NC_("word", "Its code"),
		.kind = FORM_TEXT,
		.hint = N_("small letters, such as rice"),
		.max_chars = 24 },
};

struct reward_form {
	struct kiosk *kiosk;
	struct form *form;
	int field_count;
	struct form_field fields[FIELD_COUNT];
	const char **merchants; /* choices: nobody, then those of `bodies` */
	struct body_list bodies;
	struct reward before; /* id 0: a new one */
	char *state;
};

static const struct screen form_screen;

/* ---- showing ---- */

static void set_number(struct form *form, int field, int64_t value)
{
	CLEANUP(mem_free) char *text = mem_printf("%" PRId64, value);

	form_set_text(form, field, value ? text : "");
}

static int show_title(struct reward_form *f, struct err *err)
{
	CLEANUP(title_finish) struct title title = { 0 };

	if (!f->before.title)
		return 0;
	TRY(title_get(f->kiosk->db, f->before.title, &title, err));
	form_set_text(f->form, TITLE, title.name);
	return 0;
}

static int show_reward(struct reward_form *f, struct err *err)
{
	const struct reward *reward = &f->before;
	CLEANUP(mem_free) char *yuan = money_text(reward->fen);
	CLEANUP(mem_free) char *hours = text_of_hundredths(reward->service_minutes * 100 / 60);
	CLEANUP(mem_free) char *stock = mem_printf("%" PRId64, reward->stock);

	form_set_text(f->form, NAME, reward->name);
	form_set_choice(f->form, KIND, (int)reward->kind);
	set_number(f->form, PRICE, reward->points);
	form_set_text(f->form, YUAN, reward->fen ? yuan : "");
	form_set_text(f->form, STOCK, reward->is_counted && !reward->title ? stock : "");
	form_set_text(f->form, HOURS, reward->service_minutes ? hours : "");
	set_number(f->form, MONTH_LIMIT, reward->month_limit);
	set_number(f->form, VALID_DAYS, reward->valid_days);
	for (int i = 0; i < f->bodies.count; i++)
		if (f->bodies.rows[i].id == reward->body)
			form_set_choice(f->form, MERCHANT, i + 1);
	return show_title(f, err);
}

/* ---- life ---- */

/* Merchants that are there, and the one that it has. */
static int read_merchants(struct reward_form *f, struct err *err)
{
	struct body_list *list = &f->bodies;
	int kept = 0;

	TRY(bodies(f->kiosk->db, list, err));
	for (int i = 0; i < list->count; i++)
		if (list->rows[i].kind == BODY_MERCHANT || list->rows[i].id == f->before.body)
			list->rows[kept++] = list->rows[i];
		else
			body_finish(&list->rows[i]);
	list->count = kept;
	f->merchants = mem_alloc((size_t)(kept + 2) * sizeof(*f->merchants));
	f->merchants[0] = N_("nobody");
	for (int i = 0; i < kept; i++)
		f->merchants[i + 1] = list->rows[i].name;
	return 0;
}

static int fill_in(struct reward_form *f, int64_t reward, struct err *err)
{
	if (reward)
		TRY(reward_get(f->kiosk->db, reward, &f->before, err));
	TRY(read_merchants(f, err));
	memcpy(f->fields, fields, sizeof(fields));
	f->fields[MERCHANT].choices = f->merchants;
	f->field_count = reward ? CODE : FIELD_COUNT;
	f->form = form_create(f->fields, f->field_count, f, kiosk_pinyin(f->kiosk));
	return reward ? show_reward(f, err) : 0;
}

static void form_free(struct reward_form *f)
{
	form_destroy(f->form);
	body_list_finish(&f->bodies);
	reward_finish(&f->before);
	free(f->merchants);
	free(f->state);
	free(f);
}

void reward_form_open(struct app *app, int64_t reward)
{
	struct reward_form *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	f->kiosk = kiosk_of(app);
	if (fill_in(f, reward, &err) < 0) {
		form_free(f);
		clerk_tell_err(app, &err);
		return;
	}
	f->state = clerk_form_state(f->form, f->field_count);
	app_push(app, &form_screen, f);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	form_free(self);
}

/* ---- saving ---- */

static int number_in(
	const struct form *form, int field, const char *what, int64_t *ret, struct err *err)
{
	long long value = 0;

	if (form_text(form, field)[0])
		TRY(text_integer(form_text(form, field), what, 0, 999999, &value, err));
	*ret = value;
	return 0;
}

static int hours_in(const struct form *form, int64_t *ret_minutes, struct err *err)
{
	int64_t hundredths =
		form_text(form, HOURS)[0] ? text_hundredths(form_text(form, HOURS)) : 0;

	if (hundredths < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "minutes"));
	/* A third of an hour is 0.33 of one. */
	*ret_minutes = (hundredths * 60 + 50) / 100;
	return 0;
}

static int title_in(struct reward_form *f, int64_t *ret, struct err *err)
{
	const char *name = form_text(f->form, TITLE);

	*ret = 0;
	if (!*name)
		return 0;
	TRY(title_by_name(f->kiosk->db, name, ret, err));
	return *ret ? 0 : err_set(err, ERR_NOT_FOUND, REASON(TITLE_UNKNOWN));
}

static int read_form(struct reward_form *f, struct reward *ret, struct err *err)
{
	const struct form *form = f->form;
	int merchant = form_choice(form, MERCHANT);

	ret->kind = (enum reward_kind)form_choice(form, KIND);
	ret->body = merchant ? f->bodies.rows[merchant - 1].id : 0;
	ret->is_counted = form_text(form, STOCK)[0] || form_text(form, TITLE)[0];
	TRY(number_in(form, PRICE, "price", &ret->points, err));
	TRY(money_parse(form_text(form, YUAN), "yuan", true, &ret->fen, err));
	TRY(number_in(form, STOCK, "stock", &ret->stock, err));
	TRY(title_in(f, &ret->title, err));
	TRY(hours_in(form, &ret->service_minutes, err));
	TRY(number_in(form, MONTH_LIMIT, "count", &ret->month_limit, err));
	return number_in(form, VALID_DAYS, "days", &ret->valid_days, err);
}

/* An old one keeps its stock when its terms change: a new number is a count of its own. */
static int write(
	struct app *app, struct reward_form *f, const struct reward *reward, struct err *err)
{
	const struct reward *before = &f->before;
	struct act act = clerk_act(app, 0), counting = clerk_act(app, 0);
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct db *db = f->kiosk->db;
	int64_t id;

	TRY(txn_begin(&t, db, err));
	TRY(reward_set(db, &act, reward, &id, err));
	if (before->id && before->is_counted && !before->title && reward->is_counted &&
		!reward->title && before->stock != reward->stock)
		TRY(reward_stock(db, &counting, id, reward->stock, err));
	return txn_commit(&t, err);
}

static int save(struct app *app, struct reward_form *f, struct err *err)
{
	CLEANUP(mem_free) char *name = mem_text(form_text(f->form, NAME));
	CLEANUP(mem_free)
	char *code = mem_text(f->before.id ? f->before.code : form_text(f->form, CODE));
	struct reward reward = { .name = name, .code = code };

	if (!f->before.id) {
		CLEANUP(reward_finish) struct reward other = { 0 };
		struct err ignored = { 0 };
		if (reward_by_code(f->kiosk->db, code, &other, &ignored) == 0)
			return err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, code));
	}
	TRY(read_form(f, &reward, err));
	return write(app, f, &reward, err);
}

static void submit(struct app *app, void *self)
{
	static const struct clerk_field at[] = {
		{ REASON_NONE, "name", NAME },
		{ REASON_NONE, "price", PRICE },
		{ REASON_NONE, "yuan", YUAN },
		{ REASON_NONE, "stock", STOCK },
		{ REASON_TITLE_UNKNOWN, "", TITLE },
		{ REASON_STOCK_NONE, "", TITLE },
		{ REASON_NONE, "minutes", HOURS },
		{ REASON_NONE, "count", MONTH_LIMIT },
		{ REASON_NONE, "days", VALID_DAYS },
		{ REASON_NAME_EXISTS, "", CODE },
		{ REASON_NONE, "code", CODE },
	};
	struct reward_form *f = self;
	CLEANUP(mem_free) char *name = mem_text(form_text(f->form, NAME));
	struct err err = { 0 };

	if (save(app, f, &err) < 0) {
		clerk_blame(app, f->form, at, ARRAY_LEN(at), &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, name, _("holds like this from now on"));
}

/* ---- keys and drawing ---- */

static bool key(struct app *app, void *self, const struct key *key)
{
	struct reward_form *f = self;

	return clerk_form_key(app, f->form, key, submit, f);
}

static void paste(struct app *app, void *self, const char *text)
{
	form_paste(((struct reward_form *)self)->form, text);
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct reward_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	form_draw(f->form, area);
}

static void back(struct app *app, void *self)
{
	struct reward_form *f = self;

	clerk_leave_form(app, f->form, f->field_count, f->state);
}

static const struct action actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), submit },
	{ K_ESC, N_("Back"), NULL, back },
	{ 0 },
};

static const struct screen form_screen = {
	.name = "reward form",
	.title = N_("What points buy"),
	.actions = actions,
	.is_modal = true,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan_later,
	.paste = paste,
};
