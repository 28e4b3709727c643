#include "tui/verbs/items/arriving.h"

#include "core/base/mem.h"
#include "core/items/catalogue/category.h"
#include "tui/i18n.h"

static int read_new(struct call *call, const char *name, struct title_draft *ret, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };
	const char *code = call_option(call, "category");

	if (!code)
		return call_usage(call, _("a new title needs --category CODE"));
	TRY(category_by_code(call->db, code, &category, err));
	ret->name = name;
	ret->category = category.id;
	return 0;
}

int arriving_read(struct call *call, const char *title, struct arrival *ret, struct err *err)
{
	*ret = (struct arrival){
		.item = { .shelf = call_option(call, "shelf"),
			.zone = call_option(call, "zone"),
			.expires_on = call_option(call, "expires") },
	};
	ret->draft.terms.value_points = call_option_number(call, "value", 0);
	int r = title_by_name(call->db, title, &ret->title, err);
	if (r < 0)
		return r;
	return r > 0 ? 0 : read_new(call, title, &ret->draft, err);
}
