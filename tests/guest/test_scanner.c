/* The configured scanner on a real kernel: the kiosk alone gets its keys, and survives its being
 * unplugged. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/guest/guest.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

#define BOOT_MS    120000 /* an emulated machine on a busy one */
#define SCAN_MS    30000
#define RETRIES_MS 2500 /* the kiosk looks for it twice */
#define TRIES      5
#define RESIDENT   11 /* 黄伟豪, with nothing borrowed */
#define NAME       "黄*豪"
#define ON_TTY     "tty1: " /* see session */

static void await(struct vt *vt, const char *text, int timeout_ms)
{
	if (vt_wait_text(vt, text, timeout_ms))
		return;
	vt_dump(vt, stderr);
	fail_msg("\"%s\" did not come", text);
}

/* Again if a key was missed: the code's check characters tell the kiosk. */
static void scan(struct guest *g, const char *code, const char *text)
{
	for (int i = 0; i < TRIES; i++) {
		guest_type(g, GUEST_SCANNER, code);
		if (vt_wait_text(guest_vt(g), text, SCAN_MS))
			return;
		guest_slow_down(g);
	}
	await(guest_vt(g), text, 0);
}

static int lines_with(struct vt *vt, const char *text)
{
	char *screen = vt_screen_text(vt);
	int n = 0;

	for (const char *at = screen; (at = strstr(at, text)); at++)
		n++;
	free(screen);
	return n;
}

static void expect_connected(struct guest *g)
{
	assert_true(vt_wait_gone(guest_vt(g), _("Scanner is not connected"), SCAN_MS));
}

/* A key that is down when its keyboard is grabbed stays down for the console, where its release
 * never arrives. */
static void connect_with_a_key_down(struct guest *g)
{
	guest_hold_shift(g, GUEST_SCANNER, true);
	guest_type(g, GUEST_CONSOLE, "name");
	assert_false(vt_wait_gone(guest_vt(g), _("Scanner is not connected"), RETRIES_MS));
	guest_hold_shift(g, GUEST_SCANNER, false);
	expect_connected(g);
}

struct fixture {
	struct venue_case *venue;
	struct guest *guest;
};

static struct guest *start_kiosk(const struct venue_case *v)
{
	CLEANUP(mem_free) char *program = mem_printf("%s/jiaplus", getenv("JIAPLUS_BUILD"));
	CLEANUP(mem_free) char *conf = venue_path(v, "kiosk.conf");
	const char *const argv[] = { program, "--dir", venue_dir(v), "--config", conf, "--lang",
		"zh_CN", NULL };
	FILE *f = fopen(conf, "we");

	assert_non_null(f);
	fputs("[camera]\ndevice = none\n[scanner]\ndevice = " GUEST_SCANNER_PATH "\n", f);
	fclose(f);
	return guest_start(venue_dir(v), argv);
}

static int scanner_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	f->venue = venue_case_create();
	*state = f;
	return 0;
}

static int scanner_teardown(void **state)
{
	struct fixture *f = *state;

	guest_stop(f->guest);
	venue_case_destroy(f->venue);
	mem_free(&f);
	return 0;
}

TEST(the_scanner_is_read_by_the_kiosk_alone_and_may_be_unplugged, scanner)
{
	struct fixture *f = *state;
	const struct venue_case *v = f->venue;

	if (guest_missing())
		test_skip(guest_missing());

	struct guest *g = f->guest = start_kiosk(v);
	struct vt *vt = guest_vt(g);
	await(vt, _("Scanner is not connected"), BOOT_MS);
	connect_with_a_key_down(g);
	scan(g, venue_card(v, RESIDENT), NAME);
	scan(g, venue_label(v, 4), _("Lent"));

	guest_unplug(g);
	await(vt, _("Scanner is not connected"), SCAN_MS);
	guest_plug_in(g);
	expect_connected(g);
	scan(g, venue_label(v, 6), "角磨机");

	/* None of those keys reached the virtual terminal: only these, from the other keyboard. */
	guest_type(g, GUEST_CONSOLE, "end");
	await(vt, ON_TTY "end", BOOT_MS);
	assert_int_equal(lines_with(vt, ON_TTY), 1);
	/* Once the kiosk has ended nobody holds the scanner. */
	guest_type(g, GUEST_SCANNER, "J1");
	await(vt, ON_TTY "J1", SCAN_MS);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
