/* A form for one of the things that points buy. Changes apply from then on. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/title.h"
#include "core/items/reasons.h"
#include "core/points/body.h"
#include "core/rewards/reward.h"
#include "core/words_points.h"
#include "tui/pages/form_page.h"
#include "tui/screens/points/points.h"

/* The code comes last: an existing reward keeps its own, and the field is left out. */
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

struct reward_form {
	struct reward reward; /* id 0: a new one */
	char *title;          /* the name of the one whose stock it is */
	int64_t stock;        /* -1: not counted here */
	int64_t hours;        /* of service, in hundredths */
};

static int reward_form_title(struct app *app, void *self, void *filled, struct err *err);

#define NUMBER(words, name, member) \
	FIELD_DIGITS(words, 6), BIND_NUMBER_OR(0, name, struct reward_form, member, 0, 999999)

static const struct form_row rows[FIELD_COUNT] = {
	[NAME] = { FIELD_CHINESE(N_("What it is called"), 40),
		BIND_TEXT("name", struct reward_form, reward.name) },
	[KIND] = { FIELD_CHOICE(N_("Kind"), kind_choices),
		BIND_CHOICE(struct reward_form, reward.kind) },
	[PRICE] = { NUMBER(N_("Price in points"), "price", reward.points),
		HINT(N_("not for points")) },
	[YUAN] = { FIELD_TEXT(N_("or in yuan"), 9), HINT(N_("not for money")),
		HELP(N_("A volunteer takes them, and they go to the community fund.")),
		BIND_MONEY("yuan", struct reward_form, reward.fen) },
	[STOCK] = { FIELD_DIGITS(N_("In stock"), 6), HINT(N_("not counted")),
		BIND_NUMBER_OR(-1, "stock", struct reward_form, stock, 0, 999999) },
	[TITLE] = { FIELD_CHINESE(N_("or of the catalogue"), 60),
		HINT(N_("name of what is used up")), HELP(N_("Its stock falls with every piece.")),
		BIND_TEXT(NULL, struct reward_form, title), .take = reward_form_title,
		.codes = { REASON_TITLE_UNKNOWN, REASON_STOCK_NONE } },
	[MERCHANT] = { FIELD_CHOICE(N_("Merchant"), NULL),
		BIND_PICK(struct reward_form, reward.body) },
	[HOURS] = { FIELD_TEXT(N_("Service first, hours"), 7), HINT(N_("none")),
		HELP(N_("Who is exempt need not have served.")),
		BIND_HUNDREDTHS_OR(0, "minutes", struct reward_form, hours) },
	[MONTH_LIMIT] = { NUMBER(N_("A person and month"), "count", reward.month_limit),
		HINT(N_("no limit")) },
	[VALID_DAYS] = { NUMBER(N_("Voucher good for days"), "days", reward.valid_days),
		HELP(N_("Vouchers alone have this.")) },
	[CODE] = { FIELD_TEXT(NC_("word", "Its code"), 24), HINT(N_("small letters, such as rice")),
		BIND_TEXT("code", struct reward_form, reward.code),
		.codes = { REASON_NAME_EXISTS } },
};

/* ---- reading ---- */

/* The existing merchants, and the one that it has. */
static int reward_form_read_merchants(struct db *db, struct reward_form *f, struct err *err)
{
	CLEANUP(body_list_finish) struct body_list all = { 0 };

	TRY(bodies(db, &all, err));
	form_page_pick(f, MERCHANT, 0, N_("nobody"));
	for (int i = 0; i < all.count; i++)
		if (all.rows[i].kind == BODY_MERCHANT || all.rows[i].id == f->reward.body)
			form_page_pick(f, MERCHANT, all.rows[i].id, all.rows[i].name);
	return 0;
}

static int reward_form_read_title(struct db *db, struct reward_form *f, struct err *err)
{
	CLEANUP(title_finish) struct title title = { 0 };

	TRY(title_get(db, f->reward.title, &title, err));
	f->title = mem_text(title.name);
	return 0;
}

static int reward_form_load(struct app *app, void *self, struct err *err)
{
	struct reward_form *f = self;
	struct reward *reward = &f->reward;
	struct db *db = kiosk_of(app)->db;

	if (reward->id)
		TRY(reward_get(db, reward->id, reward, err));
	TRY(reward_form_read_merchants(db, f, err));
	if (reward->title)
		TRY(reward_form_read_title(db, f, err));
	f->stock = reward->is_counted && !reward->title ? reward->stock : -1;
	f->hours = reward->service_minutes * 100 / 60;
	return 0;
}

static int reward_form_shape(void *self, struct form_row *copy)
{
	return ((struct reward_form *)self)->reward.id ? CODE : FIELD_COUNT;
}

static void reward_form_finish(void *self)
{
	struct reward_form *f = self;

	reward_finish(&f->reward);
	free(f->title);
}

/* ---- saving ---- */

static int reward_form_title(struct app *app, void *self, void *filled, struct err *err)
{
	struct reward_form *f = filled;

	f->reward.title = 0;
	if (!*f->title)
		return 0;
	TRY(title_by_name(kiosk_of(app)->db, f->title, &f->reward.title, err));
	return f->reward.title ? 0 : err_set(err, ERR_NOT_FOUND, REASON(TITLE_UNKNOWN));
}

static int reward_form_check_code(struct db *db, const char *code, struct err *err)
{
	CLEANUP(reward_finish) struct reward other = { 0 };
	struct err ignored = { 0 };

	return reward_by_code(db, code, &other, &ignored) == 0
		       ? err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, code))
		       : 0;
}

/* An existing reward keeps its stock when its terms change: a new count is a separate act. */
static int reward_form_write(
	struct app *app, const struct reward *before, const struct reward *reward, struct err *err)
{
	const struct act act = clerk_act(app, 0), counting = clerk_act(app, 0);
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct db *db = kiosk_of(app)->db;
	int64_t id;

	TRY(txn_begin(&t, db, err));
	TRY(reward_set(db, &act, reward, &id, err));
	if (before->id && before->is_counted && !before->title && reward->is_counted &&
		!reward->title && before->stock != reward->stock)
		TRY(reward_stock(db, &counting, id, reward->stock, err));
	return txn_commit(&t, err);
}

static int reward_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	struct reward_form *f = filled;
	struct reward *reward = &f->reward;
	const struct reward *before = &((struct reward_form *)self)->reward;

	if (!reward->id)
		TRY(reward_form_check_code(kiosk_of(app)->db, reward->code, err));
	reward->is_counted = f->stock >= 0 || *f->title;
	reward->stock = f->stock >= 0 ? f->stock : 0;
	/* A third of an hour is 0.33 of one. */
	reward->service_minutes = (f->hours * 60 + 50) / 100;
	TRY(reward_form_write(app, before, reward, err));
	form_done(done, reward->name, _("holds like this from now on"));
	return 0;
}

static const struct form_page reward_page = {
	.screen = FORM_SCREEN(N_("What points buy")),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct reward_form),
	.load = reward_form_load,
	.shape = reward_form_shape,
	.save = reward_form_save,
	.finish = reward_form_finish,
};

void reward_form_open(struct app *app, int64_t reward)
{
	form_page_open(app, &reward_page, &(struct reward_form){ .reward = { .id = reward } });
}
