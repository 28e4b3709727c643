#include "tui/verbs/house/staff_card.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/people/staff_card.h"
#include "core/sheets/cards.h"
#include "tui/verbs/draw.h"

static int draw(const struct context *context, struct db *db, const struct card_face *face,
	const char *to, struct err *err)
{
	CLEANUP(drawer_closep) struct drawer *drawer = NULL;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = {
		.language = context->config.language,
		.logo = context->config.logo,
	};
	enum paper_format format;

	TRY(drawer_format(to, &format, err));
	TRY(format == PAPER_PNG ? card_build(db, &head, face, &sheet, err)
				: cards_build(db, &head, face, 1, &sheet, err));
	TRY(drawer_open(db_now(db), &drawer, err));
	drawer_send(drawer, sheet, format, to);
	return drawer_finish(drawer, err);
}

int staff_card_to_file(const struct context *context, struct db *db, const struct act *act,
	int64_t staff, const char *to, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	char payload[CODE_TEXT_MAX];

	TRY(txn_begin(&t, db, err));
	TRY(staff_card_issue(db, act, staff, payload, err));
	const struct card_face face = { .staff = staff, .payload = payload };
	int r = draw(context, db, &face, to, err);
	explicit_bzero(payload, sizeof(payload));
	return r < 0 ? r : txn_commit(&t, err);
}
