#include "core/print/stick.h"

#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/print/reasons.h"

#define MOUNTS "/proc/self/mounts"

void sticks_finish(struct sticks *sticks)
{
	for (int i = 0; i < sticks->count; i++)
		free(sticks->folders[i]);
	free(sticks->folders);
	*sticks = (struct sticks){ 0 };
}

static void add(struct sticks *sticks, const char *folder)
{
	size_t size = (size_t)(sticks->count + 1) * sizeof(*sticks->folders);

	sticks->folders = mem_resize(sticks->folders, size);
	sticks->folders[sticks->count++] = mem_text(folder);
}

/* ---- what is mounted ---- */

/* Decodes blanks and backslashes, which are written as \040 there, in place. */
static void unescape(char *text)
{
	char *to = text;

	for (const char *from = text; *from;) {
		if (from[0] == '\\' && strspn(from + 1, "01234567") >= 3) {
			*to++ = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + from[3] - '0');
			from += 4;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
}

static bool begins_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* Where desktops and udisks mount what people plug in. */
static bool is_in_media(const char *folder)
{
	return begins_with(folder, "/media/") || begins_with(folder, "/run/media/");
}

void sticks_read(const char *mounts, bool (*is_removable)(const char *device), struct sticks *ret)
{
	CLEANUP(mem_free) char *copy = mem_text(mounts);
	char *rest = copy;

	*ret = (struct sticks){ 0 };
	for (char *line; (line = strsep(&rest, "\n"));) {
		char *device = strsep(&line, " "), *folder = strsep(&line, " ");
		char *type = strsep(&line, " "), *options = strsep(&line, " ");
		if (!type || !options || !begins_with(device, "/dev/") ||
			!(strcmp(options, "rw") == 0 || begins_with(options, "rw,")))
			continue;
		unescape(folder);
		if (is_in_media(folder) || is_removable(device + strlen("/dev/")))
			add(ret, folder);
	}
}

/* A partition's disk is the folder above its own. */
static bool is_removable(const char *device)
{
	static const char *const forms[] = { "/sys/class/block/%s/removable",
		"/sys/class/block/%s/../removable" };

	if (strchr(device, '/'))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		CLEANUP(mem_free) char *path = mem_printf(forms[i], device);
		FILE *file = fopen(path, "re");
		if (!file)
			continue;
		bool is_so = fgetc(file) == '1';
		fclose(file);
		if (is_so)
			return true;
	}
	return false;
}

/* What fstab names belongs to this machine, such as the stick for backups, which nobody should
 * carry away.
 */
static bool is_own(const char *folder)
{
	FILE *file = setmntent("/etc/fstab", "re");
	bool found = false;

	for (struct mntent *row; file && !found && (row = getmntent(file));)
		found = strcmp(row->mnt_dir, folder) == 0;
	if (file)
		endmntent(file);
	return found;
}

static void leave_out_own(struct sticks *sticks)
{
	int kept = 0;

	for (int i = 0; i < sticks->count; i++) {
		if (is_own(sticks->folders[i]))
			free(sticks->folders[i]);
		else
			sticks->folders[kept++] = sticks->folders[i];
	}
	sticks->count = kept;
}

/* The kernel generates it at each reading, and it has no size. The caller's. */
static char *read_mounts(void)
{
	FILE *file = fopen(MOUNTS, "re");
	char *text = NULL;
	size_t room = 0;

	if (!file || getdelim(&text, &room, '\0', file) < 0) {
		free(text);
		text = mem_text("");
	}
	if (file)
		fclose(file);
	return text;
}

int sticks_find(const char *where, struct sticks *ret, struct err *err)
{
	CLEANUP(sticks_finish) struct sticks sticks = { 0 };
	struct stat status;

	if (strcmp(where, "auto") == 0) {
		CLEANUP(mem_free) char *mounts = read_mounts();
		sticks_read(mounts, is_removable, &sticks);
		leave_out_own(&sticks);
	} else if (*where == '/' && stat(where, &status) == 0 && S_ISDIR(status.st_mode)) {
		add(&sticks, where);
	}
	if (sticks.count == 0)
		return err_set(err, ERR_DEVICE, REASON(STICK_MISSING));
	*ret = sticks;
	sticks = (struct sticks){ 0 };
	return 0;
}
