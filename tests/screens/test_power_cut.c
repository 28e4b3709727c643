/* The power-cut pack in the real program: printed by the idle kiosk, and an evening on paper
 * entered from its slips. */
#include <string.h>

#include "core/sheets/power_cut_sheet.h"
#include "core/store/role_reasons.h"
#include "tests/screens/fingers.h"

#define PACKS "SELECT count(*) FROM outbox WHERE instr(sheet, 'J1P') > 0"
/* The first of the pack is a lending slip. */
#define SLIP_CODE \
	"SELECT substr(sheet, instr(sheet, 'J1P'), 17) FROM outbox WHERE instr(sheet, 'J1P')"

static void run_as(struct venue_case *v, const char *staff, const char *args)
{
	CLEANUP(mem_free) char *pin_name = mem_printf("pins/%s.pin", staff);
	CLEANUP(mem_free) char *pin = venue_path(v, pin_name);
	CLEANUP(mem_free) char *line = mem_printf("%s --as %s --pin-file '%s'", args, staff, pin);

	free(venue_run(v, 0, line));
}

/* A paper that waits for its printer is frozen in the outbox: the code can be read there. */
static char *print_pack(struct venue_case *v)
{
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	for (int i = 0; i < 600 && venue_integer(v, PACKS) == 0; i++)
		vt_pump(vt, 100);
	assert_int_equal(venue_integer(v, PACKS), 1);
	venue_stop(v);
	return venue_text(v, SLIP_CODE);
}

TEST(the_idle_kiosk_prints_a_pack_a_day_where_the_house_wants_it, venue)
{
	struct venue_case *v = *state;

	assert_int_equal(venue_integer(v, PACKS), 0);
	run_as(v, "zhang", "setting set power_cut_pack yes");
	CLEANUP(mem_free) char *code = print_pack(v);
	assert_int_equal(strlen(code), 17);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM blank"), 12);
	/* Started again on the same day, it has all it needs. */
	CLEANUP(mem_free) char *again = print_pack(v);
	assert_string_equal(code, again);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM blank"), 12);
}

TEST(an_evening_on_paper_is_typed_in_from_its_slip_once, venue)
{
	struct venue_case *v = *state;

	run_as(v, "zhang", "setting set power_cut_pack yes");
	CLEANUP(mem_free) char *code = print_pack(v);
	struct vt *vt = start_as(v, "chen", 24, 80);
	CLEANUP(mem_free) char *name = power_cut_slip_name(BLANK_LEND, 1);
	vt_scan(vt, code);
	vt_expect(vt, name);
	vt_expect(vt, _("Numbers of the items"));
	type(vt, "0:00"); /* of today: past at any hour */
	vt_keys(vt, VT_ENTER);
	type(vt, "11");
	vt_keys(vt, VT_ENTER);
	type(vt, "14 9999");
	vt_keys(vt, VT_ENTER);
	vt_settle(vt);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM blank_entry"), 0);
	for (int i = 0; i < 5; i++)
		vt_keys(vt, VT_BACKSPACE);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Entered; scan the slip again to see it"));
	assert_int_equal(
		venue_integer(v,
			"SELECT count(*) FROM blank_entry AS e JOIN loan ON loan.id = e.loan"
			" JOIN item ON item.id = loan.item"
			" JOIN resident ON resident.id = loan.resident"
			" WHERE item.number = 14 AND resident.number = 11"
			" AND loan.returned_at IS NULL"),
		1);

	vt_scan(vt, code);
	vt_expect(vt, "000014");
	vt_expect(vt, "黄伟豪");
	assert_false(vt_has(vt, _("Numbers of the items")));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Backdate"));
	venue_stop(v);
	CLEANUP(mem_free) char *verified = venue_run(v, 0, "verify --replay");
}

TEST(a_slip_scanned_by_a_resident_asks_for_a_volunteer, venue)
{
	struct venue_case *v = *state;

	run_as(v, "zhang", "setting set power_cut_pack yes");
	CLEANUP(mem_free) char *code = print_pack(v);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });
	struct reason reason = REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER);
	CLEANUP(mem_free) char *words = words_reason(&reason, 0);

	vt_scan(vt, code);
	vt_expect(vt, words);
	assert_false(vt_has(vt, _("Numbers of the items")));
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
