/* Draws what a camera would see: codes on a card or a label, held badly if asked to. */
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
	double x, y;   /* its middle, as shares of the frame; 0, 0: the middle */
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

/* Draws on a grey ground; codes stand on white with their quiet zone. The text of a QR may be
 * anything, an EAN is 12 (7) digits without or 13 (8) with its check digit, Code 128 is printable
 * ASCII. What cannot be encoded is a mistake in the test and ends it. */
void frames_draw(const struct scene *scene, struct image *out);

/* The same in one call: one code of this text in the middle of a frame. */
void frames_draw_text(
	enum symbology symbology, const char *text, int width, int height, struct image *out);
void frames_draw_blank(int width, int height, struct image *out);

/* A counter with things on it and no code: boxes, lines of print, stripes, uneven light, noise. */
void frames_draw_clutter(int width, int height, unsigned seed, struct image *out);

/* Writes a PGM (P5), for verbs that read pictures. */
void frames_write_pgm(const char *path, const struct image *image);

/* A decoder; without zbar there is nothing to test. */
struct decoder *frames_decoder(void);
