#include "tui/verbs/arriving.h"

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/category.h"
#include "tui/i18n.h"

#define VALUE_MAX 1000000

static int read_new(struct call *call, struct db *db, const char *name, struct title_draft *ret,
	struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };
	const char *code = call_option(call, "category");

	if (!code)
		return call_usage(call, _("a new title needs --category CODE"));
	TRY(category_by_code(db, code, &category, err));
	ret->name = name;
	ret->category = category.id;
	return 0;
}

int arriving_read(
	struct call *call, struct db *db, const char *title, struct arrival *ret, struct err *err)
{
	const char *value = call_option(call, "value");
	long long points = 0;

	*ret = (struct arrival){
		.item = { .shelf = call_option(call, "shelf"),
			.zone = call_option(call, "zone"),
			.expires_on = call_option(call, "expires") },
	};
	if (value)
		TRY(text_integer(value, "value_points", 0, VALUE_MAX, &points, err));
	ret->draft.terms.value_points = points;
	int r = title_by_name(db, title, &ret->title, err);
	if (r < 0)
		return r;
	return r > 0 ? 0 : read_new(call, db, title, &ret->draft, err);
}
