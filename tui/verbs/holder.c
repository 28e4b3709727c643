#include "tui/verbs/holder.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/points/body.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/verbs/named.h"
#include "tui/verbs/who.h"

int named_holder(struct db *db, const char *text, struct holder *ret, struct err *err)
{
	static const char prefix[] = "body:";
	CLEANUP(body_finish) struct body body = { 0 };
	struct holder whose = { 0 };
	long long number;

	if (strncmp(text, prefix, strlen(prefix)) == 0) {
		TRY(text_integer(text + strlen(prefix), "number", 1, 999999999, &number, err));
		TRY(body_by_number(db, number, &body, err));
		*ret = HOLDER_BODY(body.id);
		return 0;
	}
	if (!system_account_named(text, &whose.system))
		TRY(named_resident(db, text, &whose.resident, err));
	*ret = whose;
	return 0;
}

int holder_name(struct db *db, struct holder whose, bool is_full, char **ret, struct err *err)
{
	CLEANUP(body_finish) struct body body = { 0 };

	if (whose.resident)
		return who_name(db, whose.resident, is_full, ret, err);
	if (whose.body) {
		TRY(body_get(db, whose.body, &body, err));
		*ret = TAKE(body.name);
		return 0;
	}
	*ret = mem_text(words_system_account(whose.system));
	return 0;
}
