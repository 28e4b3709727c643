/* Frames from a V4L2 camera (doc/facts.md, zbar: own mmap loop, the newest frame wins).
 *
 * The camera may be missing, busy, unplugged and plugged in again, or hang: each is reported with
 * its CAMERA_ reason, and the camera is tried again every second. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "core/scan/frame.h"

/* The system calls that a camera needs; tests substitute an invented camera. They work as the calls
 * of the same names, except that ioctl is repeated after EINTR and poll asks for POLLIN without
 * waiting. */
struct camera_io {
	int (*open)(const char *path, int flags);
	int (*close)(int fd);
	int (*ioctl)(int fd, unsigned long request, void *argument);
	void *(*mmap)(size_t size, int fd, int64_t offset);
	int (*munmap)(void *memory, size_t size);
	int (*poll)(int fd, short *ret_events);
};
extern const struct camera_io camera_io_system;

/* `name`: a device's path or "auto". Succeeds even if there is no camera now. */
int frame_camera_open(const char *name, const struct frame_options *options,
	struct frame_source **ret, struct err *err);
