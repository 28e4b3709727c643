#include "core/leaving/erase.h"

#include "core/base/mem.h"
#include "core/leaving/leave.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/people/staff.h"
#include "core/sheets/power_cut_sheet.h"
#include "core/store/acting.h"
#include "core/store/erased.h"

#define WORDS_MAX 4 /* name, form of address, phone number, text on a power-cut pack */

/* Each selects one row of the table that is about :resident, 0 when there is none left. Nothing
 * else is kept about them here, so it goes with the row. */
static const struct private_rows {
	const char *table, *sql;
} private_rows[] = {
	{ "resident_private", "SELECT id FROM resident_private WHERE id = :resident" },
	{ "journal_why", "SELECT min(w.id) FROM journal j JOIN journal_why w ON w.id = j.seq"
			 " WHERE j.resident = :resident" },
	{ "message_private", "SELECT min(p.id) FROM message m JOIN message_private p ON p.id = m.id"
			     " WHERE m.resident = :resident" },
	{ "booking_private", "SELECT min(p.id) FROM booking b JOIN booking_private p ON p.id = b.id"
			     " WHERE b.resident = :resident" },
	{ "donation_private",
		"SELECT min(p.id) FROM donation d JOIN donation_private p ON p.id = d.id"
		" WHERE d.resident = :resident" },
	{ "giveaway_private",
		"SELECT min(p.id) FROM giveaway g JOIN giveaway_private p ON p.id = g.id"
		" WHERE g.resident = :resident" },
	{ "ticket_private", "SELECT min(p.id) FROM loan l JOIN ticket t ON t.loan = l.id"
			    " JOIN ticket_private p ON p.id = t.id WHERE l.resident = :resident" },
	{ "use_check_private",
		"SELECT min(p.id) FROM use_right u JOIN use_check c ON c.use_right = u.id"
		" JOIN use_check_private p ON p.id = c.id WHERE u.resident = :resident" },
	{ "use_right_private",
		"SELECT min(p.id) FROM use_right u JOIN use_right_private p ON p.id = u.id"
		" WHERE u.resident = :resident" },
	{ "certificate_private",
		"SELECT min(p.id) FROM certificate c JOIN certificate_private p ON p.id = c.id"
		" WHERE c.resident = :resident" },
	{ "volunteer_private",
		"SELECT min(p.id) FROM volunteer v JOIN volunteer_private p ON p.id = v.id"
		" WHERE v.resident = :resident" },
	{ "staff_private", "SELECT min(p.id) FROM staff s JOIN staff_private p ON p.id = s.id"
			   " WHERE s.resident = :resident" },
	{ "fetcher_private", "SELECT min(p.id) FROM fetcher f JOIN fetcher_private p ON p.id = f.id"
			     " WHERE f.child = :resident" },
	/* The last one of a home takes its address along: erase_household. */
	{ "household_private", NULL },
};

const char *erase_table(int index)
{
	return index < (int)ARRAY_LEN(private_rows) ? private_rows[index].table : NULL;
}

static int drop_private(struct acting *a, int64_t id, struct err *err)
{
	int64_t row;

	for (size_t i = 0; i < ARRAY_LEN(private_rows); i++)
		while (private_rows[i].sql) {
			TRY(db_integer(a->db, private_rows[i].sql, FIELDS(F_INT("resident", id)), 0,
				&row, err));
			if (!row)
				break;
			TRY(act_private_drop(a, private_rows[i].table, row, err));
		}
	return 0;
}

static int drop_fetchers(struct acting *a, int64_t id, struct err *err)
{
	int64_t row;

	for (;;) {
		TRY(db_integer(a->db,
			"SELECT min(id) FROM fetcher WHERE :resident IN (child, resident)",
			FIELDS(F_INT("resident", id)), 0, &row, err));
		if (!row)
			return 0;
		TRY(act_delete(a, "fetcher", row, err));
	}
}

static int erase_household(struct acting *a, int64_t household, struct err *err)
{
	int64_t others;

	if (!household)
		return 0;
	TRY(db_integer(a->db, "SELECT count(*) FROM resident WHERE household = :household",
		FIELDS(F_INT("household", household)), 0, &others, err));
	return others ? 0 : act_private_drop(a, "household_private", household, err);
}

static int erase_one(struct acting *a, int64_t id, struct err *err)
{
	struct resident resident;

	TRY(resident_get(a->db, id, &resident, err));
	TRY(drop_private(a, id, err));
	TRY(drop_fetchers(a, id, err));
	TRY(act_update(a, "resident", id,
		FIELDS(F_NULL("household"), F_NULL("guardian"), F_INT("wall_name", WALL_MASKED),
			F_NULL("paused_until"), F_INT("erased_at", a->at)),
		err));
	return erase_household(a, resident.household, err);
}

/* This record and those that were merged into it, one after the other. */
static int erase_merged(struct acting *a, int64_t id, struct err *err)
{
	int64_t other;

	TRY(erase_one(a, id, err));
	for (;;) {
		TRY(db_integer(a->db,
			"SELECT min(id) FROM resident WHERE merged_into = :id"
			" AND erased_at IS NULL",
			FIELDS(F_INT("id", id)), 0, &other, err));
		if (!other)
			return 0;
		TRY(erase_merged(a, other, err));
	}
}

/* ---- the whole ---- */

static int check_no_staff(struct db *db, int64_t id, struct err *err)
{
	struct staff staff;
	struct err fault = { 0 };
	int r = staff_by_resident(db, id, &staff, &fault);

	if (r == 0)
		return err_set(err, ERR_REFUSED, REASON_TEXT(RESIDENT_IS_STAFF, staff.code));
	if (r != ERR_NOT_FOUND)
		*err = fault;
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int leave_first(
	struct acting *a, const struct resident *resident, int64_t points_to, struct err *err)
{
	if (a->act->role == ROLE_SYSTEM)
		return resident->has_left ? 0 : resident_leave(a->db, a->act, resident->id, err);
	if (!resident->has_left)
		TRY(person_leave(a->db, a->act, resident->id, points_to, err));
	return check_no_staff(a->db, resident->id, err);
}

static int erase(struct db *db, const struct act *act, const struct resident *resident,
	int64_t points_to, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct act plain = *act;

	/* A reason for the erasure would itself be a text about them that stays. */
	plain.why = NULL;
	plain.occurred_at = 0;
	TRY(act_begin(
		&a, db, &plain, ACT_RESIDENT_ERASE, FIELDS(F_INT("resident", resident->id)), err));
	if (a.is_repeat)
		return 0;
	TRY(leave_first(&a, resident, points_to, err));
	TRY(erase_merged(&a, resident->id, err));
	act_set_subject(&a, resident->id, resident->id);
	return act_commit(&a, resident->id, err);
}

/* Files are deleted before the act: if interrupted in between, the papers are still there to be
 * printed again, and erasing once more finds all of them. */
static int erase_all(struct db *db, const struct act *act, int64_t id,
	const struct erasing *erasing, struct erased *ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(purge_finish) struct purge purge = { 0 };
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(mem_free) char *who = NULL;
	struct resident resident;

	TRY(txn_begin(&t, db, err));
	TRY(resident_get(db, id, &resident, err));
	TRY(resident_person(db, id, &person, err));
	TRY(power_cut_who(db, id, &who, err));
	const char *const words[WORDS_MAX + 1] = { person.name, person.alias, person.phone,
		*person.name ? who : "", NULL };
	if (!resident.erased_at)
		TRY(erase(db, act, &resident, erasing->points_to, err));
	TRY(purge_papers(db, id, words, &purge, err));
	TRY(purge_files(&purge, &erasing->where, err));
	TRY(txn_commit(&t, err));
	ret->papers = purge.count;
	return 0;
}

static int note_beside_backups(struct db *db, const struct purge_folders *where, struct err *err)
{
	CLEANUP(mem_free) char *own = mem_printf("%s/backups", where->dir);
	const char *stick = where->config ? where->config->backup_folder : NULL;

	TRY(erased_note(db, own, err));
	return stick ? erased_note(db, stick, err) : 0;
}

int person_erase(struct db *db, const struct act *act, int64_t id, const struct erasing *erasing,
	struct erased *ret, struct err *err)
{
	struct err fault = { 0 };

	TRY(erase_all(db, act, id, erasing, ret, err));
	/* Until then the WAL contains the pages as they were. */
	ret->is_whole = db_checkpoint(db, true, &fault) == 0;
	if (note_beside_backups(db, &erasing->where, &fault) < 0)
		ret->is_whole = false;
	return 0;
}

int person_erase_again(struct db *db, int64_t id, struct err *err)
{
	static const struct act by_program = { .role = ROLE_SYSTEM };
	struct resident resident;
	int64_t there;

	TRY(db_integer(db, "SELECT count(*) FROM resident WHERE id = :id AND erased_at IS NULL",
		FIELDS(F_INT("id", id)), 0, &there, err));
	if (!there)
		return 0;
	TRY(resident_get(db, id, &resident, err));
	return erase(db, &by_program, &resident, 0, err);
}
