/* USB sticks: folders of removable media that are mounted and writable. */
#pragma once

#include <stdbool.h>

#include "core/base/err.h"

struct sticks {
	char **folders; /* where they are mounted */
	int count;
};
void sticks_finish(struct sticks *);

/* `where` comes from kiosk.conf: "auto" searches what is mounted except what /etc/fstab names,
 * "none" finds nothing, a path is that folder. ERR_DEVICE STICK_MISSING when there is none. */
int sticks_find(const char *where, struct sticks *ret, struct err *err);

/* The same from the text of /proc/mounts; `is_removable` is asked of devices such as "sdb1". */
void sticks_read(const char *mounts, bool (*is_removable)(const char *device), struct sticks *ret);
