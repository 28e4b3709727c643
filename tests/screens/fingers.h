/* A volunteer at the kiosk: logging in, fingers slower than any scanner, pinyin. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/staff.h"
#include "core/words.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

/* Of the demo venue. */
enum {
	WEIHAO = 11, /* 黄伟豪: an adult with nothing borrowed */
	COORDINATOR = 8,
	METER = 25, /* blood pressure meters: one per person */
	METER_2 = 26,
	WRENCH = 14,
};

/* ---- hands ---- */

static inline void type(struct vt *vt, const char *text)
{
	vt_type(vt, text);
}

static inline void give_pin(struct venue_case *v, struct vt *vt, const char *pin)
{
	(void)v;
	vt_expect(vt, "○  ○  ○  ○  ○  ○");
	type(vt, pin);
	vt_expect(vt, "●  ●  ●  ●  ●  ●");
	vt_keys(vt, VT_ENTER);
}

static inline struct vt *start_as(struct venue_case *v, const char *code, int rows, int cols)
{
	return venue_start_as(v, code, rows, cols);
}

static inline struct vt *start(struct venue_case *v)
{
	return start_as(v, "chen", 34, 120);
}

/* Whether a candidate is on the screen: its number, itself, and nothing more of it. */
static inline bool is_offered(struct vt *vt, int digit, const char *text)
{
	CLEANUP(mem_free) char *screen = vt_screen_text(vt);
	CLEANUP(mem_free) char *inside = mem_printf("%d %s  ", digit, text);
	CLEANUP(mem_free) char *last = mem_printf("%d %s\n", digit, text);

	return strstr(screen, inside) || strstr(screen, last);
}

/* Types pinyin and takes the candidate that reads `text`, turning pages until it shows. */
static inline void pick(struct vt *vt, const char *letters, const char *text)
{
	CLEANUP(mem_free) char *typed = mem_printf(" %s ", letters);

	vt_keys(vt, letters);
	vt_expect(vt, typed);
	for (int page = 0; page < 60; page++) {
		vt_settle(vt); /* a frame may arrive in pieces */
		for (int digit = 1; digit <= 9; digit++) {
			char key[] = { (char)('0' + digit), '\0' };
			if (!is_offered(vt, digit, text))
				continue;
			vt_keys(vt, key);
			vt_expect_gone(vt, typed);
			return;
		}
		uint64_t seen = vt_bytes(vt);
		vt_keys(vt, VT_PAGE_DOWN);
		assert_true(vt_wait_bytes(vt, seen, VT_PATIENCE_MS));
	}
	vt_dump(vt, stderr);
	fail_msg("no candidate %s for %s", text, letters);
}

static inline void expect_reason(struct vt *vt, int code)
{
	struct reason reason = { .code = code };
	CLEANUP(mem_free) char *words = words_reason(&reason, 0);

	vt_expect(vt, words);
}
