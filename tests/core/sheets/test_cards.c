/* Cards: what is on them and where. */
#include <math.h>
#include <string.h>

#include "core/people/card.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/people/staff_card.h"
#include "core/sheets/cards.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static const struct letterhead english = { .language = "en" };

struct issued {
	struct card_face face;
	char payload[CODE_TEXT_MAX];
};

static void issue(struct shop *s, const char *name, enum wall_name wall, struct issued *ret)
{
	struct resident_new draft = { .name = name,
		.alias = "祯叔",
		.category = "resident",
		.consent_version = "2026-1",
		.wall_name = wall };

	ret->face = (struct card_face){ .payload = ret->payload };
	assert_ok(
		resident_add(s->db, &by_volunteer, &draft, &ret->face.resident, &s->err), &s->err);
	assert_ok(card_issue(s->db, &by_volunteer, ret->face.resident, ret->payload, NULL, &s->err),
		&s->err);
}

static int count_of(const struct sheet *sheet, enum sheet_kind kind)
{
	int count = 0;

	for (int i = 0; i < sheet_item_count(sheet); i++)
		count += sheet_item(sheet, i)->kind == kind;
	return count;
}

static const struct sheet_item *find(const struct sheet *sheet, enum sheet_kind kind, int nth)
{
	for (int i = 0; i < sheet_item_count(sheet); i++)
		if (sheet_item(sheet, i)->kind == kind && nth-- == 0)
			return sheet_item(sheet, i);
	fail_msg("not on the sheet");
	return NULL;
}

TEST(card_has_payload_number_and_the_name_its_owner_chose, shop)
{
	static const struct {
		enum wall_name wall;
		const char *stands;
	} cases[] = { { WALL_FULL, "\t陈祯\n" }, { WALL_ALIAS, "\t祯叔\n" },
		{ WALL_MASKED, "\t陈*\n" } };
	struct shop *s = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
		struct issued card;
		issue(s, "陈祯", cases[i].wall, &card);
		assert_ok(card_build(s->db, &english, &card.face, &sheet, &s->err), &s->err);
		CLEANUP(mem_free) char *text = sheet_take_text(sheet);
		CLEANUP(mem_free) char *number = mem_printf("\tNo. %06d\n", (int)i + 1);
		assert_non_null(strstr(text, cases[i].stands));
		assert_non_null(strstr(text, number));
		assert_string_equal(find(sheet, SHEET_QR, 0)->text, card.payload);
	}
}

TEST(card_is_as_large_as_iso_7810_says, shop)
{
	struct shop *s = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct issued card;

	issue(s, "陈祯", WALL_FULL, &card);
	assert_ok(card_build(s->db, &english, &card.face, &sheet, &s->err), &s->err);
	assert_true(fabs(sheet_paper(sheet)->width_mm - 85.6) < 0.01);
	assert_true(fabs(sheet_paper(sheet)->height_mm - 54) < 0.01);
	assert_true(find(sheet, SHEET_QR, 0)->w >= 22);
}

TEST(ten_cards_fill_a_sheet_of_a4, shop)
{
	struct shop *s = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct issued cards[11];
	struct card_face faces[11];

	for (int i = 0; i < 11; i++) {
		issue(s, "陈祯", WALL_FULL, &cards[i]);
		faces[i] = cards[i].face;
	}
	assert_ok(cards_build(s->db, &english, faces, 11, &sheet, &s->err), &s->err);
	assert_int_equal(count_of(sheet, SHEET_PAGE), 2);
	assert_int_equal(count_of(sheet, SHEET_QR), 11);
	for (int i = 0; i < 11; i++)
		assert_string_equal(find(sheet, SHEET_QR, i)->text, cards[i].payload);
}

/* A line within the block of cards belongs to a card, never to the cut marks. */
TEST(cut_marks_stay_off_the_cards, shop)
{
	struct shop *s = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct issued card;
	double left = (210 - 2 * 85.6) / 2, top = (297 - 5 * 54.0) / 2;
	int marks = 0;

	issue(s, "陈祯", WALL_FULL, &card);
	assert_ok(cards_build(s->db, &english, &card.face, 1, &sheet, &s->err), &s->err);
	for (int i = 0; i < sheet_item_count(sheet); i++) {
		const struct sheet_item *line = sheet_item(sheet, i);
		bool is_outside = line->w < left - 1 || line->x > 210 - left + 1 ||
				  line->h < top - 1 || line->y > 297 - top + 1;
		if (line->kind == SHEET_LINE && line->thickness < 0.5) {
			assert_true(is_outside);
			marks++;
		}
	}
	assert_int_equal(marks, 2 * 3 + 2 * 6);
}

TEST(card_says_whom_to_call, shop)
{
	static const struct act by_admin = { .role = ROLE_ADMIN };
	struct shop *s = *state;
	CLEANUP(sheet_destroyp) struct sheet *with = NULL;
	CLEANUP(sheet_destroyp) struct sheet *without = NULL;
	struct site site = { .name = (char *)"共享家", .phone = (char *)"0757-22000000" };
	struct issued card;

	issue(s, "陈祯", WALL_FULL, &card);
	assert_ok(card_build(s->db, &english, &card.face, &without, &s->err), &s->err);
	assert_ok(site_set(s->db, &by_admin, &site, &s->err), &s->err);
	assert_ok(card_build(s->db, &english, &card.face, &with, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(with);
	CLEANUP(mem_free) char *plain = sheet_take_text(without);
	assert_non_null(strstr(text, "Found? Please call 0757-22000000."));
	assert_non_null(strstr(plain, "Found? Please bring it to us."));
}

TEST(card_of_nobody_is_refused, shop)
{
	struct shop *s = *state;
	struct card_face face = { .resident = 99, .payload = "J1R" };
	struct sheet *sheet = NULL;

	assert_int_equal(cards_build(s->db, &english, &face, 1, &sheet, &s->err), ERR_NOT_FOUND);
	assert_true(err_has(&s->err, REASON_RESIDENT_UNKNOWN));
	assert_null(sheet);
}

TEST(a_staff_card_says_so_with_name_and_code, shop)
{
	struct shop *s = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct act by_admin = { .role = ROLE_ADMIN };
	const struct staff_new draft = { .code = "admin", .name = "管理员", .role = ROLE_ADMIN };
	char payload[CODE_TEXT_MAX];
	int64_t id;

	assert_ok(staff_add(s->db, &by_admin, &draft, &id, &s->err), &s->err);
	assert_ok(staff_card_issue(s->db, &by_admin, id, payload, &s->err), &s->err);
	const struct card_face face = { .staff = id, .payload = payload };
	assert_ok(card_build(s->db, &english, &face, &sheet, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_non_null(strstr(text, "Staff card"));
	assert_non_null(strstr(text, "管理员"));
	assert_non_null(strstr(text, "\tadmin\n"));
	assert_non_null(strstr(text, payload));
}
