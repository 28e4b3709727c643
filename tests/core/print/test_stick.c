#include <string.h>

#include "core/base/mem.h"
#include "core/print/reasons.h"
#include "core/print/stick.h"
#include "tests/lib/test.h"

static bool sdb_alone(const char *device)
{
	return strcmp(device, "sdb1") == 0;
}

TEST(removable_media_that_can_be_written_are_found, none)
{
	CLEANUP(sticks_finish) struct sticks sticks = { 0 };

	sticks_read("/dev/sda1 / ext4 rw,relatime 0 0\n"
		    "proc /proc proc rw 0 0\n"
		    "/dev/sdb1 /mnt/my\\040stick vfat rw,nosuid 0 0\n"
		    "/dev/sdc1 /media/kiosk/A\\134B vfat rw 0 0\n"
		    "/dev/sdd1 /run/media/kiosk/OLD iso9660 ro,nosuid 0 0\n"
		    "nonsense\n\n",
		sdb_alone, &sticks);
	assert_int_equal(sticks.count, 2);
	assert_string_equal(sticks.folders[0], "/mnt/my stick");
	assert_string_equal(sticks.folders[1], "/media/kiosk/A\\B");
}

TEST(a_named_folder_is_the_stick_while_it_is_there, none)
{
	CLEANUP(sticks_finish) struct sticks sticks = { 0 };
	struct err err = { 0 };

	assert_int_equal(sticks_find("/tmp", &sticks, &err), 0);
	assert_int_equal(sticks.count, 1);
	assert_string_equal(sticks.folders[0], "/tmp");
	assert_int_equal(sticks_find("/nonexistent/stick", &sticks, &err), ERR_DEVICE);
	assert_true(err_has(&err, REASON_STICK_MISSING));
	assert_int_equal(sticks_find("none", &sticks, &err), ERR_DEVICE);
}
