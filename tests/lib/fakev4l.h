/* A fake V4L2 camera. Tests of the library put it behind struct camera_io; fakev4l_preload.c puts
 * it under a whole program. It has no thread: the device is a timer that poll() sees, and a frame
 * is made when it is taken. There is one, as there is one /dev. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fakev4l_mode {
	FAKEV4L_PLUGGED,
	FAKEV4L_UNPLUGGED, /* open fails with ENOENT; if open already, calls fail with ENODEV */
	FAKEV4L_BUSY,      /* opens, but setting it up fails with EBUSY */
	FAKEV4L_FROZEN,    /* no frame comes */
	FAKEV4L_TORN,      /* MJPG is truncated, the driver flags others as broken */
	FAKEV4L_HUNG,      /* every call to the driver blocks */
	FAKEV4L_MODE_COUNT,
};

/* "plugged", "unplugged", … as written in a control file. */
extern const char *const fakev4l_mode_names[FAKEV4L_MODE_COUNT];

struct fakev4l_setup {
	const char *path;    /* /dev/video0 unless set */
	int width, height;   /* the only size it supports */
	const char *formats; /* some of "GREY YUYV MJPG" */
	int frames_per_second;
	int padding; /* padding bytes after each row of GREY and YUYV */
};

/* Resets everything: plugged, showing grey. */
void fakev4l_init(const struct fakev4l_setup *setup);
void fakev4l_finish(void); /* ends blocked calls, frees */
void fakev4l_set(enum fakev4l_mode mode);
void fakev4l_show(const uint8_t *grey); /* width × height, copied */

/* What a program has left open or mapped, and how often it has opened the device. */
int fakev4l_mapped(void);
bool fakev4l_is_open(void);
int fakev4l_opened(void);

/* The calls. */
bool fakev4l_is_path(const char *path);
bool fakev4l_is_fd(int fd);
bool fakev4l_is_buffer(const void *memory);
int fakev4l_open(const char *path, int flags);
int fakev4l_close(int fd);
int fakev4l_ioctl(int fd, unsigned long request, void *argument);
void *fakev4l_mmap(size_t size, int fd, int64_t offset);
int fakev4l_munmap(void *memory, size_t size);
