#include "tui/pages/moving.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/category.h"
#include "core/items/reasons.h"
#include "core/people/card.h"
#include "core/people/resident.h"
#include "tui/pages/reason.h"

#define NUMBER_MAX 999999999

/* ---- who and what ---- */

int moving_card(struct kiosk *kiosk, const struct code *code, int64_t *ret, struct err *err)
{
	struct card card;

	if (code->type != CODE_CARD)
		return err_set(err, ERR_REFUSED, REASON_TEXT(CODE_WRONG_TYPE, "card"));
	TRY(card_find(kiosk->db, code->token, &card, err));
	*ret = card.resident;
	return 0;
}

char *moving_number_of(struct kiosk *kiosk, int64_t id)
{
	struct resident resident;
	struct err ignored = { 0 };

	if (!id || resident_get(kiosk->db, id, &resident, &ignored) < 0)
		return mem_text("");
	return mem_printf("%" PRId64, resident.number);
}

char *moving_name_of(struct kiosk *kiosk, int64_t id)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err ignored = { 0 };

	if (!id || resident_person(kiosk->db, id, &person, &ignored) < 0)
		return mem_text("");
	return mem_text(person.name);
}

void moving_scan_number(struct app *app, void *self, int field, const char *bytes, size_t len)
{
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	if (moving_card(kiosk_of(app), &code, &resident, &err) < 0) {
		clerk_tell_err(app, &err);
	} else {
		CLEANUP(mem_free) char *number = moving_number_of(kiosk_of(app), resident);
		form_set_text(form_page_form(self), field, number);
	}
	app_redraw(app);
}

int moving_item(struct kiosk *kiosk, const char *number, int64_t *ret, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	long long n;

	TRY(text_integer(number, "item", 1, NUMBER_MAX, &n, err));
	TRY(item_by_number(kiosk->db, n, &item, err));
	*ret = item.id;
	return 0;
}

char *moving_item_words(const struct item *item)
{
	char number[ITEM_NUMBER_SIZE];

	item_number_format(item->number, number);
	return mem_printf("%s  %s", item->name, number);
}

int moving_pick_categories(struct app *app, void *self, int row, struct err *err)
{
	CLEANUP(category_list_finish) struct category_list all = { 0 };

	TRY(category_list(kiosk_of(app)->db, &all, err));
	for (int i = 0; i < all.count; i++)
		form_page_pick(self, row, all.rows[i].id, all.rows[i].name);
	return all.count ? 0 : err_set(err, ERR_REFUSED, REASON_TEXT(CATEGORY_UNKNOWN, ""));
}

bool moving_is_undo(const struct form *form, const struct key *key)
{
	return key->code == K_BACKSPACE && !*form_text(form, form_active(form));
}

/* ---- exceptions ---- */

/* True if a named person may override all of it. */
bool moving_can_be_excepted(const struct err *err)
{
	for (int i = 0; i < err->reason_count; i++) {
		int code = err->reasons[i].code;
		if (code != REASON_PRICE_FIXED && code != REASON_ITEM_HELD &&
			code != REASON_ITEM_OWNED && code != REASON_LIMIT_GIVEN)
			return false;
	}
	return err->code == ERR_REFUSED && err->reason_count > 0;
}

static void moving_reasoned(struct app *app, void *context, const char *why)
{
	const struct moving_exception *exception = context;

	if (why)
		exception->done(app, exception->context, why);
}

static void moving_chosen(struct app *app, void *context, int button)
{
	const struct moving_exception *exception = context;
	const struct reason_request request = {
		.title = exception->title, .done = moving_reasoned, .context = context
	};

	if (button == 0)
		reason_open(app, &request);
}

void moving_refuse(struct app *app, struct moving_exception *exception, const struct err *err)
{
	const struct clerk_refusal refusal = {
		.title = exception->title,
		.err = err,
		.button = moving_can_be_excepted(err) ? _("Make an exception") : NULL,
		.done = moving_chosen,
		.context = exception,
	};

	clerk_refuse(app, &refusal);
}
