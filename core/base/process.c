#include "core/base/process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void process_keep_private(void)
{
	/* A kernel that pipes dumps to a program heeds the second alone, and a child that executes
	 * another program inherits only the first. */
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
#ifndef __SANITIZE_ADDRESS__ /* the search for leaks reads the memory as another process does */
	prctl(PR_SET_DUMPABLE, 0);
#endif
}
