/* A visit: its row, its running list, and its papers. */
#include <stdlib.h>

#include "core/desk/internal.h"
#include "core/people/resident.h"
#include "core/print/outbox.h"
#include "core/sheets/receipt.h"
#include "core/site/setting.h"

static void visit_clear(struct desk *desk)
{
	free(desk->visit.masked_name);
	desk->visit = (struct desk_visit){ 0 };
	desk->door = (struct door){ 0 };
}

int visit_begin(struct desk *desk, int64_t resident_id, struct err *err)
{
	struct resident resident;
	char *name = NULL;
	int64_t id = 0, now = db_now(desk->db);

	TRY(resident_get(desk->db, resident_id, &resident, err));
	TRY(resident_masked_name(desk->db, resident_id, &name, err));
	int r = db_write(desk->db,
		"INSERT INTO visit (resident, station, started_at) VALUES (:resident, :station, "
		":now)",
		FIELDS(F_INT("resident", resident_id), F_INT("station", db_station(desk->db)),
			F_INT("now", now)),
		&id, err);
	if (r < 0) {
		free(name);
		return r;
	}
	lines_forget(desk);
	visit_clear(desk);
	desk->slip_count = 0;
	desk->visit = (struct desk_visit){ .id = id,
		.resident = resident_id,
		.number = resident.number,
		.masked_name = name,
		.started_at = now };
	return 0;
}

static void cleanup_sheet(struct sheet **sheet)
{
	sheet_destroy(*sheet);
}

static int queue_sheet(struct desk *desk, const struct sheet *sheet, const char *title,
	int64_t visit, struct err *err)
{
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	struct outbox_paper paper = {
		.purpose = PURPOSE_RECEIPT,
		.title = title,
		.sheet = text,
		.visit = visit,
	};

	return outbox_add(desk->db, &paper, NULL, err);
}

/* The end and the receipt that it owes, in one transaction: neither exists without the other. */
static int end_row(struct desk *desk, int64_t visit, bool print, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(cleanup_sheet) struct sheet *receipt = NULL;

	TRY(txn_begin(&t, desk->db, err));
	TRY(db_write(desk->db,
		"UPDATE visit SET ended_at = :now WHERE id = :id AND ended_at IS NULL",
		FIELDS(F_INT("now", db_now(desk->db)), F_INT("id", visit)), NULL, err));
	if (print) {
		int r = receipt_build(desk->db, &desk->options.letterhead, visit,
			desk->options.receipt_width_mm, &receipt, err);
		if (r == ERR_NOT_FOUND) /* nothing happened that belongs on paper */
			*err = (struct err){ 0 };
		else if (r < 0)
			return r;
	}
	if (receipt)
		TRY(queue_sheet(desk, receipt, "receipt", visit, err));
	return txn_commit(&t, err);
}

int visit_end(struct desk *desk, bool print, struct err *err)
{
	int64_t is_automatic = 1;

	TRY(setting_int(desk->db, SETTING_RECEIPT_AUTO, &is_automatic, err));
	TRY(end_row(desk, desk->visit.id, print && is_automatic, err));
	visit_clear(desk);
	return 0;
}

int visits_recover(struct desk *desk, struct err *err)
{
	for (;;) {
		int64_t id = 0;
		TRY(db_integer(desk->db,
			"SELECT id FROM visit WHERE station = :station AND ended_at IS NULL ORDER "
			"BY id LIMIT 1",
			FIELDS(F_INT("station", db_station(desk->db))), 0, &id, err));
		if (!id)
			return 0;
		TRY(question_left_of(desk, id, err));
		TRY(end_row(desk, id, true, err));
	}
}

int visit_print_slip(struct desk *desk, struct err *err)
{
	CLEANUP(cleanup_sheet) struct sheet *sheet = NULL;
	struct return_slip slip = { .loans = desk->slip_loans, .count = desk->slip_count };

	if (!slip.count)
		return 0;
	TRY(return_slip_build(desk->db, &desk->options.letterhead, &slip,
		desk->options.receipt_width_mm, &sheet, err));
	TRY(queue_sheet(desk, sheet, "return slip", 0, err));
	desk->slip_count = 0;
	return 1;
}
