#include "core/scan/decoder.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/scan/image.h"
#include "core/scan/zbar_library.h"

#define QR_SIDE       640 /* QR codes held up to a camera are read best at this size */
#define LIVE_LINES    240 /* a linear code is searched for along this many lines of a live frame */
#define INVERTED_KEPT 4   /* empty frames: more than the debounce needs to miss it */
/* A photo with more pixels than this has no finer codes, only more noise. */
#define STILL_SIDE 4096

static const zbar_symbol_type_t zbar_types[SYMBOLOGY_COUNT] = {
	[SYMBOLOGY_QR] = ZBAR_QRCODE,
	[SYMBOLOGY_EAN13] = ZBAR_EAN13,
	[SYMBOLOGY_EAN8] = ZBAR_EAN8,
	[SYMBOLOGY_CODE128] = ZBAR_CODE128,
};

struct decoder {
	const struct zbar *zbar;
	zbar_image_scanner_t *qr, *linear;
	zbar_image_t *picture;
	struct image base, first,
		second; /* the still frame if it had to be shrunk; each pass's working image */
	struct reading readings[DECODER_READINGS_MAX];
	int count;
	char *text; /* all readings' bytes; offsets until a frame is done, as it may move */
	size_t text_size, text_capacity;
	int width, height; /* of the current frame, as it came */
	bool is_turned;    /* the current pass has rotated it */
	unsigned turn;     /* counts large live frames */
	unsigned empty;    /* counts live frames in which nothing was found */
	int inverted;      /* the inverted pass that found something last */
	int inverted_left; /* for this many more empty frames it is run each time */
};

/* --- zbar ------------------------------------------------------------------------------------ */

static void set_density(const struct zbar *zbar, zbar_image_scanner_t *scanner, int density)
{
	zbar->image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, density);
	zbar->image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, density);
}

static zbar_image_scanner_t *scanner_for(const struct zbar *zbar, unsigned symbologies)
{
	zbar_image_scanner_t *scanner = zbar->image_scanner_create();

	zbar->image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	for (int i = 0; i < SYMBOLOGY_COUNT; i++)
		if (symbologies & 1u << i)
			zbar->image_scanner_set_config(scanner, zbar_types[i], ZBAR_CFG_ENABLE, 1);
	if (symbologies & 1u << SYMBOLOGY_QR)
		zbar->image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
	return scanner;
}

int decoder_create(struct decoder **ret, struct err *err)
{
	const struct zbar *zbar;

	int r = zbar_load(&zbar, err);
	if (r < 0)
		return r;
	struct decoder *decoder = mem_alloc(sizeof(*decoder));
	decoder->zbar = zbar;
	decoder->qr = scanner_for(zbar, 1u << SYMBOLOGY_QR);
	decoder->linear = scanner_for(
		zbar, 1u << SYMBOLOGY_EAN13 | 1u << SYMBOLOGY_EAN8 | 1u << SYMBOLOGY_CODE128);
	decoder->picture = zbar->image_create();
	zbar->image_set_format(decoder->picture, zbar_fourcc('Y', '8', '0', '0'));
	*ret = decoder;
	return 0;
}

void decoder_destroy(struct decoder *decoder)
{
	if (!decoder)
		return;
	decoder->zbar->image_destroy(decoder->picture);
	decoder->zbar->image_scanner_destroy(decoder->qr);
	decoder->zbar->image_scanner_destroy(decoder->linear);
	image_finish(&decoder->base);
	image_finish(&decoder->first);
	image_finish(&decoder->second);
	if (decoder->text) /* cards are secrets */
		explicit_bzero(decoder->text, decoder->text_capacity);
	free(decoder->text);
	free(decoder);
}

/* --- what was found -------------------------------------------------------------------------- */

/* True when the same text was found in this frame before, in any symbology. */
static bool is_known(const struct decoder *decoder, const char *bytes, size_t size)
{
	size_t at = 0;

	for (int i = 0; i < decoder->count; at += decoder->readings[i++].size)
		if (decoder->readings[i].size == size &&
			memcmp(decoder->text + at, bytes, size) == 0)
			return true;
	return false;
}

/* The box around a symbol's points, converted from the pass's picture to the frame's pixels; for a
 * rotated picture it is the whole frame. */
static void locate(const struct decoder *decoder, const zbar_symbol_t *symbol,
	const struct frame *pass, struct reading *reading)
{
	int left = INT_MAX, top = INT_MAX, right = 0, bottom = 0;
	unsigned count = decoder->is_turned ? 0 : decoder->zbar->symbol_get_loc_size(symbol);

	for (unsigned i = 0; i < count; i++) {
		int x = decoder->zbar->symbol_get_loc_x(symbol, i),
		    y = decoder->zbar->symbol_get_loc_y(symbol, i);
		left = x < left ? x : left;
		top = y < top ? y : top;
		right = x > right ? x : right;
		bottom = y > bottom ? y : bottom;
	}
	if (count == 0) {
		left = top = 0;
		right = pass->width;
		bottom = pass->height;
	}
	reading->x = (int)((int64_t)left * decoder->width / pass->width);
	reading->y = (int)((int64_t)top * decoder->height / pass->height);
	reading->width = (int)((int64_t)(right - left) * decoder->width / pass->width);
	reading->height = (int)((int64_t)(bottom - top) * decoder->height / pass->height);
}

static void keep(struct decoder *decoder, const zbar_symbol_t *symbol, const struct frame *pass)
{
	zbar_symbol_type_t type = decoder->zbar->symbol_get_type(symbol);
	const char *bytes = decoder->zbar->symbol_get_data(symbol);
	size_t size = decoder->zbar->symbol_get_data_length(symbol);
	int symbology = 0;

	/* A part of a QR that is spread over several codes (ZBAR_PARTIAL) is of no known type. */
	while (symbology < SYMBOLOGY_COUNT && zbar_types[symbology] != type)
		symbology++;
	if (symbology == SYMBOLOGY_COUNT || size == 0 || decoder->count == DECODER_READINGS_MAX)
		return;
	/* A linear code is believed when two lines across it read the same (doc/rules.md, Scanning
	 * 3): this drops false reads of texture and costs 0.2 % of the photos. */
	if (symbology != SYMBOLOGY_QR && decoder->zbar->symbol_get_quality(symbol) < 2)
		return;
	if (is_known(decoder, bytes, size))
		return;
	if (decoder->text_size + size > decoder->text_capacity) {
		decoder->text_capacity = 2 * (decoder->text_size + size);
		decoder->text = mem_resize(decoder->text, decoder->text_capacity);
	}
	memcpy(decoder->text + decoder->text_size, bytes, size);
	decoder->text_size += size;
	struct reading *reading = &decoder->readings[decoder->count++];
	*reading = (struct reading){ .symbology = (enum symbology)symbology, .size = size };
	locate(decoder, symbol, pass, reading);
}

static void scan(struct decoder *decoder, zbar_image_scanner_t *scanner, const struct frame *pass)
{
	zbar_image_t *picture = decoder->picture;

	decoder->zbar->image_set_size(picture, (unsigned)pass->width, (unsigned)pass->height);
	decoder->zbar->image_set_data(
		picture, pass->pixels, (size_t)pass->width * (size_t)pass->height, NULL);
	if (decoder->zbar->scan_image(scanner, picture) > 0) {
		const zbar_symbol_t *symbol = decoder->zbar->image_first_symbol(picture);
		for (; symbol; symbol = decoder->zbar->symbol_next(symbol))
			keep(decoder, symbol, pass);
	}
	decoder->zbar->image_scanner_recycle_image(scanner, picture);
	decoder->zbar->image_set_data(picture, NULL, 0, NULL);
}

/* --- the chain of passes (measured order: doc/facts.md, zbar) -------------------------------- */

static int short_side(const struct frame *frame)
{
	return frame->width < frame->height ? frame->width : frame->height;
}

static bool is_large(const struct frame *frame)
{
	return frame->width > QR_SIDE || frame->height > QR_SIDE;
}

static struct frame boxed(struct decoder *decoder, const struct frame *in, int side, int radius)
{
	image_shrink(&decoder->first, in, side);
	struct frame small = image_frame(&decoder->first);
	image_threshold(&decoder->second, &small, radius ? radius : short_side(&small) / 16, 5);
	return image_frame(&decoder->second);
}

/* Each prepares a frame for zbar; false when the pass is pointless for this frame. */
static bool prepare_boxed(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	*ret = boxed(decoder, in, QR_SIDE, 0);
	return true;
}

static bool prepare_plain(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	*ret = *in;
	if (in->stride != in->width) {
		image_copy(&decoder->first, in);
		*ret = image_frame(&decoder->first);
	}
	return true;
}

/* For small codes in large frames, which do not survive shrinking. */
static bool prepare_boxed_whole(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	if (!is_large(in))
		return false;
	image_threshold(&decoder->second, in, short_side(in) / 16, 5);
	*ret = image_frame(&decoder->second);
	return true;
}

static bool prepare_narrow_box(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	*ret = boxed(decoder, in, QR_SIDE, 10);
	return true;
}

static bool prepare_small(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	*ret = boxed(decoder, in, QR_SIDE / 2, 0);
	return true;
}

static bool prepare_enlarged(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	if ((int64_t)in->width * in->height > 400000)
		return false;
	image_enlarge(&decoder->first, in, 3);
	*ret = image_frame(&decoder->first);
	return true;
}

static bool prepare_blurred(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	image_shrink(&decoder->first, in, in->width > in->height ? in->width / 2 : in->height / 2);
	struct frame half = image_frame(&decoder->first);
	image_blur(&decoder->second, &half);
	*ret = image_frame(&decoder->second);
	return true;
}

static bool prepare_otsu(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	image_threshold_otsu(&decoder->first, in);
	*ret = image_frame(&decoder->first);
	return true;
}

static bool prepare_flat(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	image_flatten(&decoder->first, in, short_side(in) / 16);
	*ret = image_frame(&decoder->first);
	return true;
}

static bool prepare_turned(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	image_turn(&decoder->first, in);
	*ret = image_frame(&decoder->first);
	return true;
}

static bool prepare_inverted(struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	image_invert(&decoder->first, in);
	*ret = image_frame(&decoder->first);
	return true;
}

/* Inverts, for codes that are white on black, as some screens show them. */
static bool prepare_boxed_inverted(
	struct decoder *decoder, const struct frame *in, struct frame *ret)
{
	struct frame box = boxed(decoder, in, QR_SIDE, 0);

	image_invert(&decoder->first, &box);
	*ret = image_frame(&decoder->first);
	return true;
}

struct pass {
	bool (*prepare)(struct decoder *, const struct frame *in, struct frame *ret);
	bool has_qr, has_linear, is_turned;
};

static const struct pass large_qr = { prepare_boxed, .has_qr = true };
static const struct pass small_qr = { prepare_boxed_whole, .has_qr = true };
static const struct pass linear = { prepare_plain, .has_linear = true };

static const struct pass inverted_passes[] = {
	{ prepare_boxed_inverted, .has_qr = true },
	{ prepare_inverted, .has_linear = true },
};

static const struct pass still_passes[] = {
	{ prepare_narrow_box, .has_qr = true },
	{ prepare_small, .has_qr = true },
	{ prepare_enlarged, .has_qr = true, .has_linear = true },
	{ prepare_blurred, .has_qr = true, .has_linear = true },
	{ prepare_otsu, .has_qr = true, .has_linear = true },
	{ prepare_flat, .has_linear = true },
	{ prepare_turned, .has_linear = true, .is_turned = true },
	{ prepare_inverted, .has_qr = true, .has_linear = true },
};

static void run(struct decoder *decoder, const struct pass *pass, const struct frame *frame)
{
	struct frame prepared;

	if (!pass->prepare(decoder, frame, &prepared))
		return;
	decoder->is_turned = pass->is_turned;
	if (pass->has_qr)
		scan(decoder, decoder->qr, &prepared);
	if (pass->has_linear)
		scan(decoder, decoder->linear, &prepared);
}

/* Runs the inverted pass in every other frame in which nothing else was found, and in every frame
 * while the code that it found is held up, so that the code does not seem to come and go. */
static void read_inverted(struct decoder *decoder, const struct frame *frame)
{
	if (decoder->inverted_left == 0) {
		unsigned turn = decoder->empty++;
		if (turn % 2 != 0)
			return;
		decoder->inverted = turn / 2 % ARRAY_LEN(inverted_passes);
	} else {
		decoder->inverted_left--;
	}
	run(decoder, &inverted_passes[decoder->inverted], frame);
	if (decoder->count > 0)
		decoder->inverted_left = INVERTED_KEPT;
}

static void read_live(struct decoder *decoder, const struct frame *frame)
{
	int density = short_side(frame) / LIVE_LINES;

	set_density(decoder->zbar, decoder->linear, density > 2 ? density : 2);
	run(decoder, &large_qr, frame);
	run(decoder, is_large(frame) && decoder->turn++ % 2 ? &small_qr : &linear, frame);
	if (decoder->count == 0)
		read_inverted(decoder, frame);
}

static void read_without_hurry(
	struct decoder *decoder, const struct frame *frame, enum decoder_effort effort)
{
	set_density(decoder->zbar, decoder->linear, 2);
	run(decoder, &large_qr, frame);
	run(decoder, &linear, frame);
	run(decoder, &small_qr, frame);
	for (size_t i = 0; i < ARRAY_LEN(inverted_passes); i++)
		if (effort == DECODE_FRAME && decoder->count == 0)
			run(decoder, &inverted_passes[i], frame);
	for (size_t i = 0; i < ARRAY_LEN(still_passes); i++)
		if (effort == DECODE_STILL && decoder->count == 0)
			run(decoder, &still_passes[i], frame);
}

int decoder_read(struct decoder *decoder, const struct frame *frame, enum decoder_effort effort,
	const struct reading **ret_readings)
{
	struct frame base = *frame;

	decoder->count = 0;
	decoder->text_size = 0;
	decoder->width = frame->width;
	decoder->height = frame->height;
	if (frame->width > STILL_SIDE || frame->height > STILL_SIDE) {
		image_shrink(&decoder->base, frame, STILL_SIDE);
		base = image_frame(&decoder->base);
	}
	if (effort == DECODE_LIVE)
		read_live(decoder, &base);
	else
		read_without_hurry(decoder, &base, effort);
	const char *at = decoder->text;
	for (int i = 0; i < decoder->count; at += decoder->readings[i++].size)
		decoder->readings[i].bytes = at;
	*ret_readings = decoder->readings;
	return decoder->count;
}
