#include "core/sheets/cards.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/people/staff.h"
#include "core/sheets/wording.h"

#define COLUMNS     2
#define ROWS        5
#define PAGE_WIDTH  210.0
#define PAGE_HEIGHT 297.0
#define LEFT_MM     ((PAGE_WIDTH - COLUMNS * CARD_WIDTH_MM) / 2)
#define TOP_MM      ((PAGE_HEIGHT - ROWS * CARD_HEIGHT_MM) / 2)
_Static_assert(COLUMNS *ROWS == CARDS_ON_A_SHEET, "ten cards on a sheet");

/* Cut marks begin clear of the card, so that a blade a little off leaves no ink on it. */
#define MARK_GAP       2.0
#define MARK_LENGTH    5.0
#define MARK_THICKNESS 0.15

#define PAD_MM 4.5
#define QR_MM  24 /* snapped to whole dots: 25; with its quiet zone 33 */
#define QR_BOX 33

/* ---- one face ---- */

struct face {
	struct site site;
	const char *kind; /* what card it is; translated */
	char *name, *number;
};

static void face_finish(struct face *face)
{
	site_finish(&face->site);
	free(face->name);
	free(face->number);
}

static int read_staff(struct db *db, int64_t id, struct face *ret, struct err *err)
{
	struct staff staff;

	TRY(staff_get(db, id, &staff, err));
	ret->kind = _("Staff card");
	ret->number = mem_text(staff.code);
	return staff_name(db, id, &ret->name, err);
}

static int read_resident(struct db *db, int64_t id, struct face *ret, struct err *err)
{
	struct resident resident;

	TRY(resident_get(db, id, &resident, err));
	ret->kind = _("Sharing card");
	ret->number = mem_printf(_("No. %06lld"), (long long)resident.number);
	return resident_wall_name(db, id, &ret->name, err);
}

static int face_read(struct db *db, const struct card_face *card, struct face *ret, struct err *err)
{
	TRY(card->staff ? read_staff(db, card->staff, ret, err)
			: read_resident(db, card->resident, ret, err));
	return site_get(db, &ret->site, err);
}

static void put_words(struct sheet *sheet, const struct face *face, double x, double y)
{
	static const struct sheet_style kind = {
		.size_pt = 21, .min_pt = 14, .leading = 1.2, .is_bold = true
	};
	static const struct sheet_style name = {
		.size_pt = 15, .min_pt = 9, .max_lines = 1, .is_bold = true
	};
	static const struct sheet_style number = { .size_pt = 11 };
	double width = CARD_WIDTH_MM - 2 * PAD_MM - QR_BOX;

	sheet_frame(sheet, x + PAD_MM, y + 15, width, 25, SHEET_MIDDLE);
	sheet_text(sheet, kind, face->kind);
	sheet_space(sheet, 1.5);
	if (*face->name)
		sheet_text(sheet, name, face->name);
	sheet_text(sheet, number, face->number);
	sheet_end(sheet);
}

static void put_head(struct sheet *sheet, const struct letterhead *letterhead,
	const struct face *face, double x, double y)
{
	static const struct sheet_style name = {
		.size_pt = 12.5, .min_pt = 8, .max_lines = 1, .is_bold = true
	};
	static const struct sheet_style community = {
		.size_pt = 8.5, .min_pt = 6.5, .max_lines = 1, .is_quiet = true
	};
	double left = x + PAD_MM, width = CARD_WIDTH_MM - 2 * PAD_MM;

	if (letterhead->logo) {
		sheet_frame(sheet, left, y + 4, 10, 10, SHEET_MIDDLE);
		sheet_image(sheet, 10, 10, SHEET_LEFT, letterhead->logo);
		sheet_end(sheet);
		left += 12;
		width -= 12;
	}
	sheet_frame(sheet, left, y + 3.5, width, 10.5, SHEET_MIDDLE);
	sheet_text(sheet, name, face->site.name);
	if (*face->site.community)
		sheet_text(sheet, community, face->site.community);
	sheet_end(sheet);
	sheet_line(sheet, x + PAD_MM, y + 14.6, x + CARD_WIDTH_MM - PAD_MM, y + 14.6, 0.6);
}

static void put_symbol(struct sheet *sheet, const char *payload, double x, double y)
{
	static const struct sheet_style none = { .size_pt = 7 };

	sheet_frame(sheet, x + CARD_WIDTH_MM - PAD_MM - QR_BOX + 2.5, y + 15.4, QR_BOX + 1,
		QR_BOX + 1, SHEET_TOP);
	sheet_qr(sheet, QR_MM, SHEET_CENTER, payload, none, NULL);
	sheet_end(sheet);
}

/* What somebody who finds or loses it reads. */
static void put_help(struct sheet *sheet, const struct face *face, double x, double y)
{
	static const struct sheet_style words = {
		.size_pt = 6.5, .min_pt = 5, .max_lines = 2, .is_quiet = true
	};
	const char *phone = face->site.phone;

	sheet_frame(sheet, x + PAD_MM, y + 41.5, CARD_WIDTH_MM - 2 * PAD_MM - QR_BOX + 2, 10,
		SHEET_BOTTOM);
	sheet_text(sheet, words, _("Lost? Tell us at once, borrowing stops."));
	if (*phone)
		sheet_textf(sheet, words, _("Found? Please call %s."), phone);
	else
		sheet_text(sheet, words, _("Found? Please bring it to us."));
	sheet_end(sheet);
}

static int put_face(struct sheet *sheet, struct db *db, const struct letterhead *letterhead,
	const struct card_face *card, double x, double y, struct err *err)
{
	CLEANUP(face_finish) struct face face = { 0 };

	TRY(face_read(db, card, &face, err));
	put_head(sheet, letterhead, &face, x, y);
	put_words(sheet, &face, x, y);
	put_symbol(sheet, card->payload, x, y);
	put_help(sheet, &face, x, y);
	return 0;
}

/* ---- the sheet ---- */

/* Marks are only outside the block of cards: nothing is cut through ink. */
static void put_cut_marks(struct sheet *sheet)
{
	const double top = TOP_MM - MARK_GAP, bottom = PAGE_HEIGHT - TOP_MM + MARK_GAP;
	const double left = LEFT_MM - MARK_GAP, right = PAGE_WIDTH - LEFT_MM + MARK_GAP;

	for (int i = 0; i <= COLUMNS; i++) {
		double x = LEFT_MM + i * CARD_WIDTH_MM;
		sheet_line(sheet, x, top - MARK_LENGTH, x, top, MARK_THICKNESS);
		sheet_line(sheet, x, bottom, x, bottom + MARK_LENGTH, MARK_THICKNESS);
	}
	for (int i = 0; i <= ROWS; i++) {
		double y = TOP_MM + i * CARD_HEIGHT_MM;
		sheet_line(sheet, left - MARK_LENGTH, y, left, y, MARK_THICKNESS);
		sheet_line(sheet, right, y, right + MARK_LENGTH, y, MARK_THICKNESS);
	}
}

int cards_build(struct db *db, const struct letterhead *letterhead, const struct card_face *faces,
	int count, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;

	wording_begin(&wording, letterhead->language);
	CLEANUP(sheet_destroyp)
	struct sheet *sheet = sheet_create(&sheet_a4, _("Sharing cards"), db_now(db));
	for (int i = 0; i < count; i++) {
		int place = i % CARDS_ON_A_SHEET;
		if (place == 0) {
			sheet_page(sheet);
			put_cut_marks(sheet);
		}
		TRY(put_face(sheet, db, letterhead, &faces[i],
			LEFT_MM + place % COLUMNS * CARD_WIDTH_MM,
			TOP_MM + place / COLUMNS * CARD_HEIGHT_MM, err));
	}
	*ret = TAKE(sheet);
	return 0;
}

int card_build(struct db *db, const struct letterhead *letterhead, const struct card_face *card,
	struct sheet **ret, struct err *err)
{
	static const struct sheet_media media = { .width_mm = CARD_WIDTH_MM,
		.height_mm = CARD_HEIGHT_MM };
	CLEANUP(wording_end) struct wording wording;

	wording_begin(&wording, letterhead->language);
	CLEANUP(sheet_destroyp)
	struct sheet *sheet =
		sheet_create(&media, card->staff ? _("Staff card") : _("Sharing card"), db_now(db));
	sheet_page(sheet);
	TRY(put_face(sheet, db, letterhead, card, 0, 0, err));
	*ret = TAKE(sheet);
	return 0;
}
