#include "core/base/process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

void process_keep_private(void)
{
	/* A kernel that pipes core dumps to a program respects only the second of these, and a
	 * child that executes another program inherits only the first. */
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
#ifndef __SANITIZE_ADDRESS__ /* the leak check reads the memory as another process would */
	prctl(PR_SET_DUMPABLE, 0);
#endif
}

void process_boot(char ret[BOOT_SIZE])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? -1 : read(fd, ret, BOOT_SIZE - 1);

	if (fd >= 0)
		close(fd);
	ret[len == BOOT_SIZE - 1 ? len : 0] = '\0';
}
