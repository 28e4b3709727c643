/* Draws what a camera would see: codes on a card or a label, held badly if wanted. */
#pragma once

#include <stddef.h>

#include "core/scan/decoder.h"
#include "core/scan/image.h"
#include "core/scan/reading.h"

/* One code held up to the camera. */
struct shown {
	enum symbology symbology;
	const char *bytes;
	size_t size;   /* 0: `bytes` is a string */
	double module; /* pixels a module is wide; 0: 4, or what fits */
	double angle;  /* degrees, clockwise */
	double x, y;   /* its centre, as fractions of the frame; 0, 0: the centre */
};

struct scene {
	int width, height;
	const struct shown *shown;
	int count;
	double blur;     /* sigma in pixels */
	double noise;    /* sigma in grey levels */
	double gradient; /* how much darker the right side is, 0 … 1 */
	unsigned seed;   /* of the noise */
};

/* Draws on a grey background; codes are on white with their quiet zone. The text of a QR code may
 * be anything, an EAN is 12 (7) digits without or 13 (8) with its check digit, Code 128 is
 * printable ASCII. A text that cannot be encoded is a mistake in the test and ends it. */
void frames_draw(const struct scene *scene, struct image *out);

/* The same in one call: one code with this text in the centre of a frame. */
void frames_draw_text(
	enum symbology symbology, const char *text, int width, int height, struct image *out);
void frames_draw_blank(int width, int height, struct image *out);

/* A counter with objects on it and no code: boxes, lines of print, stripes, uneven light, noise. */
void frames_draw_clutter(int width, int height, unsigned seed, struct image *out);

/* Writes a PGM (P5), for verbs that read pictures. */
void frames_write_pgm(const char *path, const struct image *image);

/* A decoder; ends the test if zbar is missing. */
struct decoder *frames_decoder(void);
