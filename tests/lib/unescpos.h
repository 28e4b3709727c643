/* Turns ESC/POS back into a picture: what a thermal printer would print. */
#pragma once

#include <stddef.h>

struct paper_roll {
	int width, height; /* dots */
	int cuts;
	int tallest_band;    /* rows */
	unsigned char *bits; /* rows of width / 8 bytes; 1 is black */
};

/* Knows what escpos.h promises and nothing else: -1 at the first byte that is something else, with
 * its position in *ret_at. */
int unescpos(const unsigned char *data, size_t size, struct paper_roll *ret, size_t *ret_at);
void paper_roll_finish(struct paper_roll *);

/* The text of the only QR code in a bitmap; NULL: none. The caller's. */
char *qr_read(int width, int height, const unsigned char *bits);
/* The same for a grey PGM file. */
char *qr_read_pgm(const char *path);
