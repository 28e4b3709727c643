#include <stdio.h>
#include <string.h>

#include "core/base/reasons.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* "0:name 1:name …" in the order of the list. */
static char *parts_of(struct shop *s, int64_t title)
{
	CLEANUP(title_part_list_finish) struct title_part_list list = { 0 };
	char *text = mem_text("");

	assert_ok(title_parts(s->db, title, &list, &s->err), &s->err);
	for (int i = 0; i < list.count; i++) {
		char *longer = mem_printf(
			"%s%s%d:%s", text, i ? " " : "", list.rows[i].bit, list.rows[i].name);
		free(text);
		text = longer;
	}
	return text;
}

#define assert_parts(s, title, wanted)                                \
	do {                                                          \
		CLEANUP(mem_free) char *is_ = parts_of((s), (title)); \
		assert_string_equal(is_, (wanted));                   \
	} while (0)

static int set(struct shop *s, int64_t title, const char *lines)
{
	return title_set_parts_text(s->db, &by_volunteer, title, lines, &s->err);
}

TEST(parts_are_written_one_a_line, shop)
{
	struct shop *s = *state;
	int64_t title = shop_title(s, "电钻", s->tool);

	assert_parts(s, title, "");
	assert_ok(set(s, title, "主机\n 充电器 \r\n\n  \n钻头一盒"), &s->err);
	assert_parts(s, title, "0:主机 1:充电器 2:钻头一盒");
	assert_ok(set(s, title, ""), &s->err);
	assert_parts(s, title, "");
}

TEST(a_part_that_stays_keeps_its_bit, shop)
{
	struct shop *s = *state;
	int64_t title = shop_title(s, "电钻", s->tool);

	assert_ok(set(s, title, "a\nb\nc"), &s->err);
	assert_ok(set(s, title, "c\na\nd"), &s->err);
	/* b is removed, and its bit is not reused at once: older records say that b was missing. */
	assert_parts(s, title, "2:c 0:a 3:d");
}

TEST(when_all_bits_were_used_a_free_one_is_used_again, shop)
{
	struct shop *s = *state;
	int64_t title = shop_title(s, "工具箱", s->tool);
	char names[TITLE_PARTS_MAX][16];
	const char *list[TITLE_PARTS_MAX];

	for (int i = 0; i < TITLE_PARTS_MAX; i++) {
		snprintf(names[i], sizeof(names[i]), "p%d", i);
		list[i] = names[i];
	}
	assert_ok(title_set_parts(s->db, &by_volunteer, title, list, TITLE_PARTS_MAX, &s->err),
		&s->err);
	list[5] = "new";
	assert_ok(title_set_parts(s->db, &by_volunteer, title, list, TITLE_PARTS_MAX, &s->err),
		&s->err);
	CLEANUP(title_part_list_finish) struct title_part_list now = { 0 };
	assert_ok(title_parts(s->db, title, &now, &s->err), &s->err);
	assert_int_equal(now.count, TITLE_PARTS_MAX);
	assert_string_equal(now.rows[5].name, "new");
	assert_int_equal(now.rows[5].bit, 5);
	assert_int_equal(now.rows[31].bit, 31);
}

TEST(lists_that_make_no_sense_are_refused, shop)
{
	struct shop *s = *state;
	int64_t title = shop_title(s, "电钻", s->tool);
	CLEANUP(mem_free) char *long_list = mem_text("");

	assert_ok(set(s, title, "主机"), &s->err);
	assert_int_equal(set(s, title, "a\nb\na"), ERR_INVALID);
	assert_true(err_has(&s->err, REASON_NAME_EXISTS));
	assert_int_equal(set(s, title, "a\x1b[2J"), ERR_INVALID);
	for (int i = 0; i < 100; i++) {
		char *longer = mem_printf("%sp%d\n", long_list, i);
		free(long_list);
		long_list = longer;
	}
	assert_refused(set(s, title, long_list), &s->err, PART_TOO_MANY);
	assert_int_equal(s->err.reasons[0].n1, 32);
	assert_int_equal(set(s, 4711, "a"), ERR_NOT_FOUND);
	assert_parts(s, title, "0:主机");
}
