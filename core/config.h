/* The only reader of kiosk.conf: what is true of this machine (camera, scanner, printers, fonts).
 * Venue policy is rows in the database, not lines here. Format: INI, read with inih; an unknown
 * section or key is an error that names file and line. */
#pragma once

#include <stdbool.h>

#include "core/base/err.h"

/* A queue's purpose decides its media and mode. */
enum print_purpose {
	PURPOSE_RECEIPT,
	PURPOSE_OFFICE_A4,
	PURPOSE_OFFICE_A3,
	PURPOSE_LABELS,
	PURPOSE_COUNT
};
enum print_mode {
	PRINT_FILE,   /* PDF files in a folder: the default of a new installation */
	PRINT_CUPS,   /* PDF to a CUPS queue with media-col */
	PRINT_ESCPOS, /* 1-bit raster to a raw CUPS queue */
	PRINT_RAW,    /* 1-bit raster to a device or file path (/dev/usb/lp0) */
	PRINT_MODE_COUNT,
};

struct print_queue_config {
	enum print_mode mode;
	/* CUPS: "name", "name@host:port" or an ipp:// URI; raw: a path; file: a folder or NULL for
	 * DIR/printed */
	char *queue;
	double width_mm;  /* media; 58 or 80 for receipts, 210×297 for A4 … */
	double height_mm; /* 0: a roll, as long as it needs */
	int dots;         /* print head's dots for raster modes: 384 (58 mm), 576 (80 mm) */
};

struct config {
	char *path;     /* the file read, or NULL when there was none */
	char *dir;      /* [kiosk] dir */
	char *language; /* [kiosk] language: zh_CN (default) or en */
	char *theme;    /* [kiosk] theme: light, dark, large */
	char *logo;     /* [kiosk] logo: PNG on papers, optional */
	char *face;  /* [kiosk] big-words: auto, none, or the .hex file that they are drawn from */
	int station; /* [kiosk] station: 1 … */
	bool has_sound; /* [kiosk] sound: yes/no, terminal bell */
	char *camera;   /* [camera] device: /dev/video0, auto, none, or a Y4M file or FIFO */
	int camera_width, camera_height; /* [camera] size: 1280x720 */
	char *scanner;                   /* [scanner] device: an evdev path to grab, or none */
	char *stick;         /* [print] stick: auto, none, or the folder of USB sticks' papers */
	bool keeps_backups;  /* [backup] keep: the kiosk makes one each night and when it ends */
	char *backup_folder; /* [backup] folder: of a USB stick for a copy of each; NULL: none */
	char *cups_server;   /* [print] server: host:port or socket path; NULL: libcups' default */
	/* [receipt] [office-a4] [office-a3] [labels] */
	struct print_queue_config queues[PURPOSE_COUNT];
};

/* Defaults alone. */
void config_init(struct config *);
/* Defaults, then the file: `path` if given (must exist), else $JIAPLUS_CONFIG (must exist), else
 * /etc/jiaplus/kiosk.conf when there. ERR_INVALID CONFIG_BAD "file:line: what; allowed: …" for an
 * unknown or repeated key, section or a value that is not allowed, the whole of it in the detail;
 * ERR_NOT_FOUND FILE_MISSING; ERR_INVALID FILE_UNREADABLE, FILE_TOO_LARGE or FILE_BAD (holds a
 * NUL). *ret is written only on success. */
int config_load(const char *path, struct config *ret, struct err *err);
/* The same from memory, for tests and fuzzing: defaults, then `text`; `name` stands in messages. */
int config_parse(const char *text, const char *name, struct config *ret, struct err *err);
void config_finish(struct config *);

extern const char *const print_purpose_names[PURPOSE_COUNT]; /* "receipt", "office-a4", … */
