/* Cards. */
#include "core/people/card.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

static struct code issue(struct folk *f, int64_t resident)
{
	char text[CODE_TEXT_MAX];

	OK(f, card_issue(f->db, &by_volunteer, resident, text, NULL, &f->err));
	struct code code = code_read(text, strlen(text), NULL);
	assert_int_equal(code.type, CODE_CARD);
	return code;
}

TEST(a_card_leads_to_its_resident, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "张三");
	struct code code = issue(f, id);
	struct card card;

	OK(f, card_find(f->db, code.token, &card, &f->err));
	assert_int_equal(card.resident, id);
	assert_int_equal(card.issued_at, SATURDAY);
	assert_int_equal(card.revoked_at, 0);
	assert_int_equal(card_of(f->db, id, &card, &f->err), 1);
}

TEST(a_card_of_nobody_is_unknown, folk)
{
	struct folk *f = *state;
	unsigned char token[CODE_TOKEN_SIZE] = { 1, 2, 3 };
	struct card card;

	assert_fails(card_find(f->db, token, &card, &f->err), &f->err, ERR_NOT_FOUND, CARD_UNKNOWN);
}

TEST(two_cards_never_bear_the_same_token, folk)
{
	struct folk *f = *state;
	struct code a = issue(f, FOLK_ADD(f, .name = "张三"));
	struct code b = issue(f, FOLK_ADD(f, .name = "李四"));

	assert_memory_not_equal(a.token, b.token, CODE_TOKEN_SIZE);
}

TEST(a_new_card_revokes_the_old_in_the_same_act, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "张三");
	struct code lost = issue(f, id), found;
	struct card card;

	int64_t acts = folk_count(f, "SELECT count(*) FROM journal");
	found = issue(f, id);
	assert_int_equal(folk_count(f, "SELECT count(*) FROM journal"), acts + 1);
	assert_refused(card_find(f->db, lost.token, &card, &f->err), &f->err, CARD_REVOKED);
	OK(f, card_find(f->db, found.token, &card, &f->err));
}

TEST(a_lost_card_works_no_more, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "张三");
	struct code code = issue(f, id);
	struct card card;

	OK(f, card_revoke(f->db, &by_volunteer, id, &f->err));
	assert_refused(card_find(f->db, code.token, &card, &f->err), &f->err, CARD_REVOKED);
	assert_int_equal(card_of(f->db, id, &card, &f->err), 0);
	assert_refused(card_revoke(f->db, &by_volunteer, id, &f->err), &f->err, CARD_NONE);
}

TEST(who_has_left_has_no_card, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "张三");
	struct code code = issue(f, id);
	struct card card;
	char text[CODE_TEXT_MAX];

	OK(f, resident_leave(f->db, &by_coordinator, id, &f->err));
	assert_refused(card_find(f->db, code.token, &card, &f->err), &f->err, RESIDENT_LEFT);
	assert_refused(
		card_issue(f->db, &by_volunteer, id, text, NULL, &f->err), &f->err, RESIDENT_LEFT);
}

TEST(the_payload_is_told_once, folk)
{
	struct folk *f = *state;
	struct act act = by_volunteer;
	int64_t id = FOLK_ADD(f, .name = "张三"), first, second;
	char text[CODE_TEXT_MAX], again[CODE_TEXT_MAX];

	act_new_key(act.key);
	OK(f, card_issue(f->db, &act, id, text, &first, &f->err));
	OK(f, card_issue(f->db, &act, id, again, &second, &f->err));
	assert_int_equal(first, second);
	assert_string_not_equal(text, "");
	assert_string_equal(again, "");
	assert_int_equal(folk_count(f, "SELECT count(*) FROM card"), 1);
}

TEST(the_database_cannot_make_a_card, folk)
{
	struct folk *f = *state;
	char text[CODE_TEXT_MAX];
	int64_t n;

	OK(f, card_issue(f->db, &by_volunteer, FOLK_ADD(f, .name = "张三"), text, NULL, &f->err));
	OK(f, db_integer(f->db, "SELECT count(*) FROM card WHERE instr(token_hash, :text)",
		      FIELDS(F_TEXT("text", text)), -1, &n, &f->err));
	assert_int_equal(n, 0);
	assert_int_equal(folk_count(f, "SELECT length(token_hash) FROM card"), 64);
}

TEST(a_card_for_nobody_is_refused, folk)
{
	struct folk *f = *state;
	char text[CODE_TEXT_MAX];

	assert_fails(card_issue(f->db, &by_volunteer, 99, text, NULL, &f->err), &f->err,
		ERR_NOT_FOUND, RESIDENT_UNKNOWN);
}
