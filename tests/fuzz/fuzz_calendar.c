/* Any bytes as a calendar of holidays: valid days, or a reason. */
#include <assert.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tui/verbs/calendar.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	int fd = memfd_create("calendar", MFD_CLOEXEC);
	CLEANUP(mem_free) char *path = mem_printf("/proc/self/fd/%d", fd);
	struct calendar calendar = { 0 };
	struct err err = { 0 };

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	if (calendar_read(path, &calendar, &err) < 0)
		assert(!calendar.days && err.code == ERR_INVALID && err.reason_count == 1);
	for (int i = 0; i < calendar.count; i++)
		assert(day_is_valid(calendar.days[i].on) && calendar.days[i].name &&
			calendar.days[i].kind != HOLIDAY_NONE);
	calendar_finish(&calendar);
	close(fd);
	return 0;
}
