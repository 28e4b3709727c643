#include "core/print/file.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/outfile.h"

int file_put(const char *path, const struct bytes *content, struct err *err)
{
	return outfile_put(
		path, content->data, content->size, OUTFILE_PRIVATE, OUTFILE_REPLACE, err);
}

char *file_job_path(const char *folder, const char *made, const char *job)
{
	char *path = mem_printf("%s/%.10s-%s.pdf", folder, made, job);

	for (char *s = path + strlen(folder) + 1; *s; s++) {
		bool is_plain = (*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') ||
				(*s >= 'a' && *s <= 'z') || strchr("-_.", *s) || (*s & 0x80);
		if (!is_plain)
			*s = *s == '#' ? '-' : '_';
	}
	return path;
}
