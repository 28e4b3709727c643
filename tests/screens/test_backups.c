/* The kiosk's own backups, and restoring one, in the real program. */
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

#define KEEPING "[backup]\nkeep = yes\n"

/* The end of a day, which ends with the backup. */
static void have_a_day(struct venue_case *v)
{
	const struct venue_kiosk kiosk = { .conf = KEEPING };

	venue_start(v, &kiosk);
	venue_stop(v);
}

static void lend(struct venue_case *v)
{
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/chen.pin");
	CLEANUP(mem_free) char *args = mem_printf("lend 56 2 --as chen --pin-file '%s'", pin);
	CLEANUP(mem_free) char *told = venue_run(v, 0, args);
}

static int backups_there(const struct venue_case *v)
{
	CLEANUP(mem_free) char *folder = venue_path(v, "backups");
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int count = 0;

	while (dir && (entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);
		count += len > 7 && strcmp(entry->d_name + len - 7, ".backup") == 0;
	}
	if (dir)
		closedir(dir);
	return count;
}

/* From the volunteers' menu. */
static void open_backups(struct vt *vt)
{
	vt_keys(vt, "9");
	vt_expect(vt, _("Holds shelf"));
	vt_keys(vt, VT_F8);
	vt_expect(vt, _("The house"));
	vt_keys(vt, "2");
}

/* Restores the backup that is being tried. */
static void go_on_from_it(struct vt *vt)
{
	vt_keys(vt, "9");
	vt_expect(vt, _("Go on from this backup?"));
	vt_keys(vt, "2");
	vt_expect(vt, "set-aside");
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, "set-aside");
}

TEST(the_kiosk_backs_up_when_it_ends, venue)
{
	struct venue_case *v = *state;

	assert_int_equal(backups_there(v), 0);
	have_a_day(v);
	assert_int_equal(backups_there(v), 1);
	CLEANUP(mem_free) char *tried = venue_run(v, 0, "verify");
}

TEST(an_idle_kiosk_backs_up_when_a_day_has_gone_by, venue)
{
	struct venue_case *v = *state;
	const struct venue_kiosk kiosk = { .conf = KEEPING };
	struct vt *vt = venue_start(v, &kiosk);

	for (int i = 0; i < 600 && backups_there(v) == 0; i++)
		vt_pump(vt, 100);
	assert_int_equal(backups_there(v), 1);
}

TEST(going_back_to_a_backup_is_tried_first_asked_once_more_and_told, venue)
{
	struct venue_case *v = *state;

	have_a_day(v);
	lend(v);
	struct vt *vt = venue_start_as(v, "admin", 34, 120);
	open_backups(vt);
	vt_expect(vt, _("on this computer"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("A backup, tried"));
	vt_expect(vt, _("Lent"));
	/* Nothing has happened yet. */
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("on this computer"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("A backup, tried"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Go on from this backup?"));
	vt_keys(vt, VT_ENTER); /* the harmless one */
	vt_expect(vt, _("A backup, tried"));
	go_on_from_it(vt);
	venue_stop(v);
	CLEANUP(mem_free) char *verified = venue_run(v, 0, "verify --replay");
	/* The item that was lent is on the shelf again, and can be lent. */
	lend(v);
}

/* Changes one byte of one entry, as somebody with an editor might. */
static void rewrite_an_entry(struct venue_case *v)
{
	CLEANUP(mem_free) char *path = venue_path(v, "jiaplus.db");
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw,
				 "DROP TRIGGER journal_keeps;"
				 " UPDATE journal SET body = body || ' ' WHERE seq = 7",
				 NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(raw);
}

TEST(damaged_records_stop_the_counter_and_staff_go_back_to_a_backup, venue)
{
	struct venue_case *v = *state;

	have_a_day(v);
	rewrite_an_entry(v);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 34, .cols = 120 });
	vt_expect(vt, _("Records damaged"));
	venue_enter_pin(v, vt, "admin");
	vt_expect(vt, _("on this computer"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("A backup, tried"));
	go_on_from_it(vt);
	vt_expect_gone(vt, _("Records damaged"));
	venue_stop(v);
	CLEANUP(mem_free) char *verified = venue_run(v, 0, "verify --replay");
	lend(v);
}

TEST(volunteers_see_when_the_last_backup_was, venue)
{
	struct venue_case *v = *state;
	const struct venue_kiosk kiosk = { .conf = KEEPING };

	have_a_day(v);
	struct vt *vt = venue_start(v, &kiosk);
	venue_log_in(v, vt, "chen");
	vt_expect(vt, "备份 今天");
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
