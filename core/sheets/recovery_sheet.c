#include "core/sheets/recovery_sheet.h"

#include <sodium.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/sheets/office.h"
#include "core/sheets/wording.h"

#define COLUMNS 3
#define QR_MM   38

static void put_words(struct sheet *sheet, char *words)
{
	static const struct sheet_style word = { .size_pt = 20, .is_bold = true };
	static const struct sheet_style number = { .size_pt = 10, .is_quiet = true };
	const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = 4,
		.pad_y_mm = 3,
		.column_count = COLUMNS,
		.widths_mm = (const double[COLUMNS]){ 0 } };
	int i = 0;

	sheet_table(sheet, &table);
	for (char *at; (at = strsep(&words, " ")); i++) {
		if (i % COLUMNS == 0)
			sheet_row(sheet, 0);
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_textf(sheet, number, "%d", i + 1);
		sheet_text(sheet, word, at);
	}
	sheet_end(sheet);
}

static void draw(struct sheet *sheet, const struct recovery *recovery)
{
	static const struct sheet_style body = { .size_pt = 13 };
	char words[RECOVERY_TEXT];

	sheet_text(sheet, body,
		_("These words open the backups of this venue on a new computer, and give the "
		  "administrator a new PIN. Whoever has them can read everything: lock this sheet "
		  "away, not beside the computer. Two people should know where it lies."));
	sheet_space(sheet, 5);
	recovery_words(recovery, words);
	sheet_qr(sheet, QR_MM, SHEET_CENTER, words, body, NULL);
	sheet_space(sheet, 5);
	put_words(sheet, words);
	sodium_memzero(words, sizeof(words));
	sheet_space(sheet, 6);
	sheet_text(sheet, body, _("A new computer: install jiaplus, then"));
	sheet_text(sheet, body, "    jiaplus restore FILE --recovery -");
	sheet_text(sheet, body, _("Nobody knows the administrator's PIN:"));
	sheet_text(sheet, body, "    jiaplus staff recover --recovery -");
	sheet_text(sheet, body,
		_("Then type the nine words, or scan the code. An administrator can print this "
		  "sheet again: jiaplus print recovery."));
}

int recovery_sheet_build(struct db *db, const struct letterhead *letterhead,
	const struct recovery *recovery, struct sheet **ret, struct err *err)
{
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(wording_end) struct wording wording;

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &house, err));
	*ret = office_begin(letterhead, &house,
		&(struct office_page){ .title = _("Recovery sheet"), .day = db_today(db) });
	draw(*ret, recovery);
	return 0;
}
