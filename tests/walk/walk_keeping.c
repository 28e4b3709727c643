/* What happens to people's records and to the venue's files: on 30 November somebody is erased, a
 * person who was registered twice is merged, and the venue goes back to a backup. */
#include <string.h>

#include "core/audit/backup.h"
#include "core/audit/recover.h"
#include "core/audit/restore.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/leaving/erase.h"
#include "core/leaving/hand_over.h"
#include "core/leaving/leave.h"
#include "core/leaving/merge.h"
#include "core/people/card.h"
#include "core/people/resident_acts.h"
#include "core/points/ledger.h"
#include "tests/walk/walk.h"

static int64_t register_one(struct walk *w, const char *name)
{
	const struct act volunteer = by_volunteer(w);
	const struct resident_new draft = { .name = name,
		.phone = "0757-00000077",
		.note = "新来的",
		.building = "7栋",
		.room = "701",
		.category = "resident",
		.consent_version = "2026-1" };
	int64_t id = 0;

	MUST(w, resident_add(w->db, &volunteer, &draft, &id, &w->err));
	return id;
}

/* Registered a second time, they borrowed and earned under that number. */
static void merge_one(struct walk *w)
{
	const struct act volunteer = by_volunteer(w), coordinator = by_coordinator(w);
	const int64_t twin = register_one(w, "试丙乙");
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-9) },
		{ .resident = twin, .amount = POINTS(9) } };
	const struct loan_request out = { w->items[31], twin, 0 };
	char card[CODE_TEXT_MAX];
	int64_t id;

	MUST(w, card_issue(w->db, &volunteer, twin, card, NULL, &w->err));
	MUST(w, transfer_post(w->db, &coordinator,
			&(struct transfer_draft){ "opening", postings, 2 }, &id, &w->err));
	MUST(w, loan_open(w->db, &volunteer, &out, &id, &w->err));
	MUST(w, person_merge(w->db, &coordinator, twin, w->people[17], &w->err));
}

static void erase_one(struct walk *w, int64_t resident)
{
	const struct act coordinator = by_coordinator(w);
	const struct erasing erasing = { .where = { .dir = w->dir } };
	struct erased erased;

	MUST(w, person_erase(w->db, &coordinator, resident, &erasing, &erased, &w->err));
}

static void hand_over_one(struct walk *w)
{
	static const struct letterhead head = { .language = "en" };
	const struct act self = by_self(w->people[0]);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	MUST(w, hand_over(w->db, &self, &head, w->people[0], &sheet, &w->err));
}

static void back_up(struct walk *w, const char *to, bool is_plain)
{
	const struct backup_wish wish = { .dir = w->dir, .to = to, .is_plain = is_plain };

	MUST(w, backup_make(w->db, &wish, &w->err));
}

static void go_back_to(struct walk *w, const char *backup)
{
	const struct restore_wish wish = { .from = backup, .dir = w->dir, .clock = &w->clock };
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", w->dir);

	db_close(w->db);
	MUST(w, restore_run(&wish, &report, &w->err));
	assert_true(report.missing > 0);
	MUST(w, db_open(path, DB_OPEN, &w->clock, &w->db, &w->err));
}

/* Somebody who was erased after the backup comes back with it, and is erased again. */
static void restore(struct walk *w)
{
	static const struct letterhead head = { .language = "en" };
	const struct act admin = by_admin(w), coordinator = by_coordinator(w);
	CLEANUP(mem_free) char *sealed = mem_printf("%s/walk.backup", w->dir);
	CLEANUP(mem_free) char *plain = mem_printf("%s/walk.db", w->dir);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const int64_t going = register_one(w, "试壬甲");

	MUST(w, recover_sheet(w->db, w->dir, &head, &admin, &sheet, &w->err));
	MUST(w, backup_record_plain(w->db, &coordinator, &w->err));
	back_up(w, plain, true);
	back_up(w, sealed, false);
	erase_one(w, going);
	go_back_to(w, sealed);
	assert_int_equal(
		walk_count(w, "SELECT count(*) FROM resident WHERE erased_at NOT NULL"), 2);
}

/* Nobody knows a PIN any more: the recovery sheet sets the same one. */
static void recover(struct walk *w)
{
	static const struct act by_program = { .role = ROLE_SYSTEM };
	char hash[STAFF_HASH_SIZE];
	struct pepper pepper;
	struct staff staff;

	MUST(w, recover_whom(w->db, NULL, &staff, &w->err));
	MUST(w, pepper_open(w->dir, &pepper, &w->err));
	MUST(w, staff_pin_hash(&pepper, staff.id, WALK_PIN, hash, &w->err));
	MUST(w, recover_pin(w->db, &by_program, staff.id, hash, &w->err));
}

void walk_keeping(struct walk *w)
{
	walk_clock(w, "2020-11-30T19:00");
	merge_one(w);
	erase_one(w, w->people[22]);
	hand_over_one(w);
	restore(w);
	recover(w);
}
