#include "core/audit/restore_right.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/audit/recover.h"
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/outfile.h"
#include "core/base/reasons.h"
#include "core/people/staff_card.h"
#include "core/store/role_reasons.h"

int restore_right_sheet(
	const char *dir, const struct recovery *sheet, bool has_opened, struct err *err)
{
	struct err missing = { 0 };
	int r = recover_check(dir, sheet, &missing);

	if (r == ERR_NOT_FOUND && has_opened)
		r = 0;
	if (r < 0)
		*err = missing;
	else
		restore_right_forget(dir);
	return r;
}

static char *tries_path(const char *dir)
{
	return mem_printf("%s/restore.tries", dir);
}

int restore_right_tries(const char *dir)
{
	CLEANUP(mem_free) char *path = tries_path(dir);
	struct stat about;

	return lstat(path, &about) == 0 && S_ISREG(about.st_mode) ? (int)about.st_size : 0;
}

int restore_right_count(const char *dir, struct err *err)
{
	CLEANUP(mem_free) char *path = tries_path(dir);
	size_t count = (size_t)restore_right_tries(dir) + 1;
	CLEANUP(mem_free) char *tries = mem_alloc(count);

	memset(tries, 'x', count);
	return outfile_put(path, tries, count, OUTFILE_PRIVATE, OUTFILE_REPLACE, err);
}

void restore_right_forget(const char *dir)
{
	CLEANUP(mem_free) char *path = tries_path(dir);

	unlink(path);
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
