#include "tui/assets.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"

char *asset_path(const char *name)
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self));
	size_t build = strlen(JIAPLUS_BUILDDIR);

	if (len > (ssize_t)build && memcmp(self, JIAPLUS_BUILDDIR "/", build + 1) == 0)
		return mem_printf("%s/assets/%s", JIAPLUS_SOURCEDIR, name);
	return mem_printf("%s/%s", JIAPLUS_DATADIR, name);
}
