/* People of a venue from before guardians agreed to the notice: what the migration makes of
 * them. */
#include <sqlite3.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/consent.h"
#include "core/people/resident.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/open.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define SATURDAY 1795240800 /* 2026-11-21T14:00+08:00 */

static const char before[] =
	"INSERT INTO resident_category VALUES (1, 'resident', '居民'), (2, 'child', '儿童');"
	"INSERT INTO resident (id, number, category, guardian, wall_name, consent_version,"
	" consent_at, joined_on) VALUES"
	" (11, 1, 1, NULL, 0, '2026-1', 5, '2026-01-01'),"
	" (12, 2, 2, 11, 0, '2026-1', 5, '2026-01-01'),"   /* registered with the guardian */
	" (13, 3, 2, NULL, 1, '2026-1', 5, '2026-01-01')," /* chose an alias */
	" (14, 4, 2, 14, 2, '2026-1', 5, '2026-01-01');";  /* its own guardian */

struct fixture {
	struct clock clock;
	struct migration_list known;
	struct db *db;
	struct err err;
};

static int before_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	f->clock = clock_set(SATURDAY);
	f->known.rows = migrations_all.rows;
	while (strcmp(migrations_all.rows[f->known.count].name, "006-people") != 0)
		f->known.count++;
	assert_ok(store_make(":memory:", 1, "Asia/Shanghai", &f->clock, &f->known, &f->db, &f->err),
		&f->err);
	f->db->permit = PERMIT_ALL;
	assert_int_equal(sqlite3_exec(f->db->handle, before, NULL, NULL, NULL), SQLITE_OK);
	f->db->permit = PERMIT_READ;
	f->db->known = &migrations_all;
	assert_ok(migrate_up(f->db, &f->err), &f->err);
	*state = f;
	return 0;
}

static int before_teardown(void **state)
{
	struct fixture *f = *state;

	db_close(f->db);
	free(f);
	return 0;
}

static struct resident get(struct fixture *f, int64_t id)
{
	struct resident resident = { 0 };

	assert_ok(resident_get(f->db, id, &resident, &f->err), &f->err);
	return resident;
}

TEST(a_child_of_before_is_masked_unless_an_alias_was_chosen, before)
{
	struct fixture *f = *state;

	assert_int_equal(get(f, 11).wall_name, WALL_FULL);
	assert_int_equal(get(f, 12).wall_name, WALL_MASKED);
	assert_int_equal(get(f, 13).wall_name, WALL_ALIAS);
}

TEST(a_guardian_of_before_has_agreed_and_a_child_without_one_is_to_be_asked, before)
{
	struct fixture *f = *state;
	const struct resident with = get(f, 12), without = get(f, 13), own = get(f, 14);

	assert_int_equal(with.consent_by, 11);
	assert_int_equal(consent_is_open(f->db, &with, &f->err), 0);
	assert_int_equal(consent_is_open(f->db, &without, &f->err), 1);
	assert_int_equal(own.guardian, 0);
}
