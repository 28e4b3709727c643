#include "core/audit/restore_right.h"

#include "core/audit/recover.h"
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/staff_card.h"
#include "core/store/reasons.h"

int restore_right_sheet(
	const char *dir, const struct recovery *sheet, bool has_opened, struct err *err)
{
	struct err missing = { 0 };
	int r = recover_check(dir, sheet, &missing);

	if (r == ERR_NOT_FOUND && has_opened)
		return 0;
	if (r < 0)
		*err = missing;
	return r;
}

int restore_copy_open(
	const char *try_dir, const struct clock *clock, struct db **ret, struct err *err)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", try_dir);

	return db_open(path, DB_OPEN, clock, ret, err);
}

void restore_copy_close(struct db *db)
{
	db_close(db);
}

int restore_right_card(
	struct db *copy, const char *bytes, size_t len, struct staff *ret, struct err *err)
{
	struct code code = code_read(bytes, len, NULL);
	struct staff staff;

	if (code.type != CODE_CARD)
		return err_set(err, ERR_REFUSED, REASON_TEXT(CODE_WRONG_TYPE, "card"));
	TRY(staff_card_find(copy, code.token, &staff, err));
	if (staff.role != ROLE_ADMIN)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_ADMIN));
	*ret = staff;
	return 0;
}
