/* Finds QR, EAN-13, EAN-8 and Code 128 in a frame, and nothing else (doc/facts.md, zbar).
 *
 * Built on zbar's image scanner alone; its video and window parts crash without a screen. A decoder
 * keeps its scratch memory from frame to frame and belongs to one thread. */
#pragma once

#include "core/base/err.h"
#include "core/scan/frame.h"
#include "core/scan/reading.h"

#define DECODER_READINGS_MAX 32 /* codes in one frame; more are ignored */

struct decoder;

enum decoder_effort {
	/* One of thirty a second: two passes, less than the time between two frames at 720p. Of
	 * frames larger than 640 pixels every other one is searched for linear codes, the others
	 * for small QR codes; large QR codes are found in all. Every other frame in which nothing
	 * was found is searched once more, for codes that are white on black. */
	DECODE_LIVE,
	DECODE_FRAME, /* one of many, without hurry: all those passes */
	DECODE_STILL, /* there is no other frame: further passes until one finds something */
};

/* The first call loads zbar, which takes some milliseconds: ERR_DEVICE ZBAR_MISSING. */
int decoder_create(struct decoder **ret, struct err *err);
void decoder_destroy(struct decoder *); /* NULL is allowed */

/* Returns the number of codes found, each text once; *ret_readings is borrowed until the next call.
 * Never fails: a frame in which nothing can be read holds no code. */
int decoder_read(struct decoder *, const struct frame *frame, enum decoder_effort effort,
	const struct reading **ret_readings);
