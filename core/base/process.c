#include "core/base/process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void process_keep_private(void)
{
	/* A kernel that pipes core dumps to a program respects only the second of these, and a
	 * child that executes another program inherits only the first. */
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
#ifndef __SANITIZE_ADDRESS__ /* the leak check reads the memory as another process would */
	prctl(PR_SET_DUMPABLE, 0);
#endif
}
