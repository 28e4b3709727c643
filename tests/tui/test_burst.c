#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tests/lib/test.h"
#include "tui/burst.h"

/* Long enough to type in. */
#define STALL_MS 1000

/* The output as text: typed characters as they are (Enter as ⏎), scans as [text]. */
struct heard {
	char text[16384];
	size_t len;
	struct burst *burst;
	int64_t now;
};

static void on_typed(void *context, uint32_t character)
{
	struct heard *heard = context;
	char one[5];
	text_put(character == BURST_ENTER ? 0x23ce : character, one);
	heard->len += (size_t)snprintf(
		heard->text + heard->len, sizeof(heard->text) - heard->len, "%s", one);
}

static void on_scan(void *context, const char *bytes, size_t len)
{
	struct heard *heard = context;
	heard->len += (size_t)snprintf(heard->text + heard->len, sizeof(heard->text) - heard->len,
		"[%.*s]", (int)len, bytes);
}

static bool is_code(void *context, const char *bytes, size_t len)
{
	return len >= 2 && memcmp(bytes, "J1", 2) == 0;
}

static int burst_setup(void **state)
{
	struct heard *heard = mem_alloc(sizeof(*heard));
	heard->now = 1000;
	heard->burst = burst_create(&(struct burst_sink){ heard, on_typed, on_scan, is_code });
	*state = heard;
	return 0;
}

static int burst_teardown(void **state)
{
	struct heard *heard = *state;
	burst_destroy(heard->burst);
	mem_free(state);
	return 0;
}

/* One character every `gap` ms, as a loop would: ticking at the deadlines between. ⏎ is '\r'. */
static void feed(struct heard *heard, const char *text, int gap)
{
	for (unsigned c; (c = text_next(&text)) != 0;) {
		int64_t next = heard->now + gap;
		for (int64_t at; (at = burst_deadline(heard->burst)) >= 0 && at < next;)
			burst_tick(heard->burst, at);
		heard->now = next;
		burst_put(heard->burst, c, heard->now, heard->now);
	}
}

static void wait_ms(struct heard *heard, int ms)
{
	heard->now += ms;
	burst_tick(heard->burst, heard->now);
}

TEST(scan_with_enter_is_a_scan, burst)
{
	feed(*state, "ABCDEF123\r", 5);
	assert_string_equal(((struct heard *)*state)->text, "[ABCDEF123]");
}

TEST(typing_at_90_ms_is_typing, burst)
{
	feed(*state, "123456\r", 90);
	assert_string_equal(((struct heard *)*state)->text, "123456⏎");
}

TEST(lone_key_is_released_after_40_ms, burst)
{
	struct heard *heard = *state;
	feed(heard, "5", 100);
	assert_int_equal(burst_deadline(heard->burst), heard->now + BURST_HOLD_MS);
	wait_ms(heard, BURST_HOLD_MS - 1);
	assert_string_equal(heard->text, "");
	wait_ms(heard, 1);
	assert_string_equal(heard->text, "5");
	assert_int_equal(burst_deadline(heard->burst), -1);
}

TEST(enter_alone_is_not_held_back, burst)
{
	feed(*state, "\r", 1);
	assert_string_equal(((struct heard *)*state)->text, "⏎");
}

TEST(five_fast_characters_with_enter_are_typing, burst)
{
	feed(*state, "12345\r", 5);
	assert_string_equal(((struct heard *)*state)->text, "12345⏎");
}

TEST(short_burst_that_is_a_code_is_a_scan, burst)
{
	feed(*state, "J1I0\r", 5);
	assert_string_equal(((struct heard *)*state)->text, "[J1I0]");
}

TEST(slow_burst_is_a_scan_only_if_it_is_a_code, burst)
{
	feed(*state, "J1I0000000\r", 38);
	feed(*state, "abcdefghij\r", 38);
	assert_string_equal(((struct heard *)*state)->text, "[J1I0000000]abcdefghij⏎");
}

TEST(code_typed_by_hand_is_typing, burst)
{
	feed(*state, "J1I0000000\r", 70);
	assert_string_equal(((struct heard *)*state)->text, "J1I0000000⏎");
}

TEST(one_gap_of_80_ms_ends_a_burst, burst)
{
	struct heard *heard = *state;
	feed(heard, "ABCDEF", 5);
	wait_ms(heard, 80);
	feed(heard, "GHIJKL\r", 5);
	assert_string_equal(heard->text, "ABCDEF[GHIJKL]");
}

TEST(gap_just_below_80_ms_is_forgiven, burst)
{
	struct heard *heard = *state;
	feed(heard, "ABCDEFGHIJKL", 5);
	wait_ms(heard, 70);
	feed(heard, "MNOPQR\r", 5);
	assert_string_equal(heard->text, "[ABCDEFGHIJKLMNOPQR]");
}

TEST(scanner_without_enter_counts_when_it_is_a_code, burst)
{
	struct heard *heard = *state;
	feed(heard, "J1I000001", 5);
	wait_ms(heard, 100);
	feed(heard, "hello world", 5);
	wait_ms(heard, 100);
	assert_string_equal(heard->text, "[J1I000001]hello world");
}

TEST(two_scans_in_a_row_are_two, burst)
{
	feed(*state, "ABCDEF\rGHIJKL\r", 4);
	assert_string_equal(((struct heard *)*state)->text, "[ABCDEF][GHIJKL]");
}

TEST(typed_digit_before_a_scan_stays_typed, burst)
{
	struct heard *heard = *state;
	feed(heard, "7", 5);
	wait_ms(heard, 90);
	feed(heard, "ABCDEF\r", 5);
	assert_string_equal(heard->text, "7[ABCDEF]");
}

static void feed_late(struct heard *heard, const char *text)
{
	for (; *text; text++)
		burst_put(heard->burst, (unsigned char)*text, heard->now, heard->now - STALL_MS);
}

TEST(keys_that_waited_through_a_long_stall_are_typing, burst)
{
	struct heard *heard = *state;
	feed_late(heard, "J1I000001\r"); /* as short as a number */
	feed_late(heard, "wangxiaoming\r");
	feed_late(heard, "J1I0000000012"); /* no end */
	wait_ms(heard, 100);
	assert_string_equal(heard->text, "J1I000001⏎wangxiaoming⏎J1I0000000012");
}

TEST(codes_that_waited_through_a_long_stall_are_scans, burst)
{
	struct heard *heard = *state;
	feed_late(heard, "J1R0000000034\r\rJ1I0000000012\r\r");
	assert_string_equal(heard->text, "[J1R0000000034][J1I0000000012]");
	wait_ms(heard, 100);
	feed_late(heard, "J1I00000");
	feed(heard, "00012\r\r", 5);
	assert_string_equal(heard->text, "[J1R0000000034][J1I0000000012][J1I0000000012]");
}

TEST(rest_of_a_stalled_burst_is_typing_too, burst)
{
	struct heard *heard = *state;
	burst_put(heard->burst, 'A', heard->now, heard->now - STALL_MS);
	feed(heard, "BCDEFGHIJ\r", 5);
	assert_string_equal(heard->text, "ABCDEFGHIJ⏎");
	feed(heard, "KLMNOP\r", 5);
	assert_string_equal(heard->text, "ABCDEFGHIJ⏎[KLMNOP]");
}

TEST(burst_after_a_stall_and_a_pause_counts_again, burst)
{
	struct heard *heard = *state;
	burst_put(heard->burst, 'x', heard->now, heard->now - STALL_MS);
	wait_ms(heard, 100);
	feed(heard, "KLMNOP\r", 5);
	assert_string_equal(heard->text, "x[KLMNOP]");
}

TEST(what_was_held_before_a_stall_keeps_its_order, burst)
{
	struct heard *heard = *state;
	feed(heard, "ab", 5);
	burst_put(heard->burst, 'c', heard->now, heard->now - STALL_MS);
	wait_ms(heard, 100);
	assert_string_equal(heard->text, "abc");
}

/* All of it is read at once, after the loop was busy for `ms`. */
static void feed_after(struct heard *heard, const char *text, int ms)
{
	int64_t since = heard->now;
	heard->now += ms;
	for (; *text; text++)
		burst_put(heard->burst, (unsigned char)*text, heard->now, since);
}

TEST(scan_during_a_stall_too_short_for_fingers_is_a_scan, burst)
{
	feed_after(*state, "J1I0000000012\r", 200);
	feed_after(*state, "ABCDEF\r", 60);
	assert_string_equal(((struct heard *)*state)->text, "[J1I0000000012][ABCDEF]");
}

TEST(scan_that_a_short_stall_breaks_in_two_is_one, burst)
{
	struct heard *heard = *state;
	feed(heard, "J1I00", 5);
	feed_after(heard, "00000012\r", 200);
	assert_string_equal(heard->text, "[J1I0000000012]");
}

TEST(pin_typed_during_a_short_stall_is_typing, burst)
{
	feed_after(*state, "483920\r", 400);
	assert_string_equal(((struct heard *)*state)->text, "483920⏎");
}

TEST(key_held_down_during_a_short_stall_is_typing, burst)
{
	struct heard *heard = *state;
	feed_after(heard, "11111111\r", 240);
	assert_string_equal(heard->text, "11111111⏎");
}

TEST(key_held_down_repeats_as_typing, burst)
{
	struct heard *heard = *state;
	feed(heard, "11111111", 33);
	assert_string_equal(heard->text, "11111111");
}

TEST(code_of_equal_characters_at_scanner_pace_is_a_scan, burst)
{
	feed(*state, "00000000\r", 5);
	assert_string_equal(((struct heard *)*state)->text, "[00000000]");
}

TEST(other_key_flushes_what_is_held, burst)
{
	struct heard *heard = *state;
	feed(heard, "ab", 5);
	burst_flush(heard->burst);
	assert_string_equal(heard->text, "ab");
	burst_flush(heard->burst);
	assert_string_equal(heard->text, "ab");
}

TEST(chinese_from_an_input_method_is_typing, burst)
{
	struct heard *heard = *state;
	feed(heard, "阿依古丽买买提", 0);
	wait_ms(heard, 100);
	assert_string_equal(heard->text, "阿依古丽买买提");
}

TEST(chinese_payload_with_enter_is_a_scan, burst)
{
	feed(*state, "粤居码一二三\r", 3);
	assert_string_equal(((struct heard *)*state)->text, "[粤居码一二三]");
}

TEST(payload_of_2900_bytes_is_one_scan, burst)
{
	struct heard *heard = *state;
	for (int i = 0; i < 2900; i++, heard->now++)
		burst_put(heard->burst, (uint32_t)('A' + i % 26), heard->now, heard->now);
	burst_put(heard->burst, BURST_ENTER, heard->now, heard->now);
	assert_int_equal(strlen(heard->text), 2902);
	assert_int_equal(heard->text[0], '[');
}

TEST(endless_stream_is_passed_on_without_loss, burst)
{
	struct heard *heard = *state;
	for (int i = 0; i < 9000; i++, heard->now += i % 2)
		burst_put(heard->burst, (uint32_t)('A' + i % 26), heard->now, heard->now);
	burst_flush(heard->burst);
	assert_int_equal(strlen(heard->text), 9000);
}

/* The pairs that scanners end a code with, up to 30 ms apart: one scan, and no key is left over. */
TEST(a_second_end_of_a_code_is_swallowed, burst)
{
	static const char *const ends[] = { "\r\r", "\t\r", "\r\t" };
	static const int gaps[] = { 0, 1, 10, 30 };
	struct heard *heard = *state;

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		for (size_t k = 0; k < ARRAY_LEN(gaps); k++) {
			heard->len = 0;
			feed(heard, "J1I000001", 5);
			feed(heard, ends[i], gaps[k]);
			wait_ms(heard, 200);
			assert_string_equal(heard->text, "[J1I000001]");
			heard->len = 0;
			feed(heard, "9787999000013", 3);
			feed(heard, ends[i], gaps[k]);
			wait_ms(heard, 200);
			assert_string_equal(heard->text, "[9787999000013]");
		}
}

TEST(a_tab_alone_ends_a_code_of_ours, burst)
{
	struct heard *heard = *state;
	feed(heard, "J1I000001\t", 5);
	wait_ms(heard, 200);
	feed(heard, "\r", 5);
	assert_string_equal(heard->text, "[J1I000001]⏎");
}

TEST(a_tab_behind_other_text_is_typing, burst)
{
	struct heard *heard = *state;
	feed(heard, "abcdefgh\t", 1);
	assert_string_equal(heard->text, "");
	wait_ms(heard, 200);
	assert_string_equal(heard->text, "abcdefgh\t");
	heard->len = 0;
	feed(heard, "abcdefgh\tx", 1);
	wait_ms(heard, 200);
	assert_string_equal(heard->text, "abcdefgh\tx");
	heard->len = 0;
	feed(heard, "abcdefgh\t", 1);
	burst_flush(heard->burst);
	feed(heard, "ab\t", 1);
	assert_string_equal(heard->text, "abcdefgh\tab\t");
}

TEST(only_one_end_is_swallowed_and_only_at_once, burst)
{
	struct heard *heard = *state;
	feed(heard, "J1I000001\r\r\r", 5);
	assert_string_equal(heard->text, "[J1I000001]⏎");
	heard->len = 0;
	feed(heard, "J1I000001\r", 5);
	feed(heard, "\r", BURST_GAP_MS);
	assert_string_equal(heard->text, "[J1I000001]⏎");
	heard->len = 0;
	feed(heard, "J1I000001\r", 5);
	burst_flush(heard->burst);
	feed(heard, "\r", 5);
	assert_string_equal(heard->text, "[J1I000001]⏎");
}

/* The work that the scan started took its time: the end that waited meanwhile is not a key. */
TEST(a_second_end_that_waited_is_swallowed_too, burst)
{
	struct heard *heard = *state;
	feed(heard, "J1I000001\r", 5);
	heard->now += 900;
	burst_put(heard->burst, '\r', heard->now, true);
	assert_string_equal(heard->text, "[J1I000001]");
}

/* Otherwise it would be Enter, which ends a visit that the scan has just begun. */
TEST(the_end_that_comes_late_to_a_code_of_ours_is_swallowed, burst)
{
	static const int gaps[] = { 80, 100, 200, BURST_LATE_END_MS - 1 };
	struct heard *heard = *state;

	for (size_t i = 0; i < ARRAY_LEN(gaps); i++) {
		heard->len = 0;
		feed(heard, "J1I000001", 5);
		feed(heard, "\r", gaps[i]);
		assert_string_equal(heard->text, "[J1I000001]");
		feed(heard, "\r", 5); /* its second */
		assert_string_equal(heard->text, "[J1I000001]");
		feed(heard, "\r", 5);
		assert_string_equal(heard->text, "[J1I000001]⏎");
	}
}

TEST(an_end_that_cannot_be_a_late_one_is_a_key, burst)
{
	struct heard *heard = *state;
	feed(heard, "J1I000001", 5);
	feed(heard, "\r", BURST_LATE_END_MS);
	assert_string_equal(heard->text, "[J1I000001]⏎");
	heard->len = 0;
	feed(heard, "J1I000001", 5);
	feed(heard, "x\r", 100);
	assert_string_equal(heard->text, "[J1I000001]x⏎");
	heard->len = 0;
	feed(heard, "J1I000001", 5);
	burst_flush(heard->burst);
	feed(heard, "\r", 5);
	assert_string_equal(heard->text, "[J1I000001]⏎");
	heard->len = 0;
	feed(heard, "hello world", 5);
	feed(heard, "\r", 100);
	assert_string_equal(heard->text, "hello world⏎");
}
