#include "tests/lib/frames.h"

#include <assert.h>
#include <math.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

#define GROUND       150 /* the background of a card */
#define PAPER        235
#define INK          25
#define BAR_HEIGHT   50 /* of linear codes, in modules */
#define LINEAR_QUIET 12
#define QR_QUIET     4

/* --- symbols as modules ---------------------------------------------------------------------- */

struct symbol {
	int width, height; /* modules, quiet zone included */
	uint8_t *dark;
};

static struct symbol symbol_create(int width, int height)
{
	return (struct symbol){ width, height, mem_alloc((size_t)width * (size_t)height) };
}

static struct symbol draw_qr(const char *bytes, size_t size)
{
	assert(size < 3000);
	QRcode *code = QRcode_encodeData((int)size, (const unsigned char *)bytes, 0,
		size > 1000 ? QR_ECLEVEL_L : QR_ECLEVEL_M);
	assert(code);
	struct symbol symbol =
		symbol_create(code->width + 2 * QR_QUIET, code->width + 2 * QR_QUIET);
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width; x++)
			symbol.dark[(y + QR_QUIET) * symbol.width + x + QR_QUIET] =
				code->data[y * code->width + x] & 1;
	QRcode_free(code);
	return symbol;
}

/* A linear code as widths of bars and spaces, a bar first, one digit each. */
struct widths {
	char text[1024];
	size_t size;
};

static void widths_add(struct widths *widths, const char *digits)
{
	size_t size = strlen(digits);

	assert(widths->size + size < sizeof(widths->text));
	memcpy(widths->text + widths->size, digits, size + 1);
	widths->size += size;
}

static struct symbol draw_widths(const struct widths *widths)
{
	int total = 0, at = LINEAR_QUIET;

	for (size_t i = 0; i < widths->size; i++)
		total += widths->text[i] - '0';
	struct symbol symbol = symbol_create(total + 2 * LINEAR_QUIET, BAR_HEIGHT);
	for (size_t i = 0; i < widths->size; i++)
		for (int n = widths->text[i] - '0'; n > 0; n--, at++)
			for (int y = 2; i % 2 == 0 && y < BAR_HEIGHT - 2; y++)
				symbol.dark[y * symbol.width + at] = 1;
	return symbol;
}

static const char *const ean_digits[] = { "3211", "2221", "2122", "1411", "1132", "1231", "1114",
	"1312", "1213", "3112" };

/* Which digits of the left half are drawn mirrored ("G"), by the first digit of an EAN-13. */
static const char *const ean_parity[] = { "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG",
	"LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL" };

static void add_ean_digit(struct widths *widths, char digit, bool is_mirrored)
{
	const char *plain = ean_digits[digit - '0'];
	char mirrored[] = { plain[3], plain[2], plain[1], plain[0], '\0' };

	widths_add(widths, is_mirrored ? mirrored : plain);
}

/* `count` digits with their check digit, which is computed if the last one is missing. */
static void ean_complete(const char *bytes, size_t size, size_t count, char *digits)
{
	int sum = 0;

	assert(size == count || size == count - 1);
	assert(strspn(bytes, "0123456789") >= size);
	memcpy(digits, bytes, count - 1);
	for (size_t i = 0; i < count - 1; i++)
		sum += (digits[i] - '0') * ((count - 1 - i) % 2 ? 3 : 1);
	digits[count - 1] = (char)('0' + (10 - sum % 10) % 10);
	assert(size < count || bytes[count - 1] == digits[count - 1]);
}

static struct symbol draw_ean13(const char *bytes, size_t size)
{
	struct widths widths = { .size = 0 };
	char digits[13];

	ean_complete(bytes, size, 13, digits);
	widths_add(&widths, "111");
	for (int i = 1; i < 7; i++)
		add_ean_digit(&widths, digits[i], ean_parity[digits[0] - '0'][i - 1] == 'G');
	widths_add(&widths, "11111");
	for (int i = 7; i < 13; i++)
		add_ean_digit(&widths, digits[i], false);
	widths_add(&widths, "111");
	return draw_widths(&widths);
}

static struct symbol draw_ean8(const char *bytes, size_t size)
{
	struct widths widths = { .size = 0 };
	char digits[8];

	ean_complete(bytes, size, 8, digits);
	widths_add(&widths, "111");
	for (int i = 0; i < 8; i++) {
		if (i == 4)
			widths_add(&widths, "11111");
		add_ean_digit(&widths, digits[i], false);
	}
	widths_add(&widths, "111");
	return draw_widths(&widths);
}

#define CODE128_START_B 104

static const char *const code128[] = { "212222", "222122", "222221", "121223", "121322", "131222",
	"122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132", "122231",
	"113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131",
	"311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
	"111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311",
	"112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331", "231131",
	"213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
	"314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221",
	"112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111",
	"241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212",
	"421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
	"114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214",
	"211232" };

static struct symbol draw_code128(const char *bytes, size_t size)
{
	struct widths widths = { .size = 0 };
	size_t sum = CODE128_START_B;

	widths_add(&widths, code128[CODE128_START_B]);
	for (size_t i = 0; i < size; i++) {
		assert(bytes[i] >= ' ' && bytes[i] < 127);
		widths_add(&widths, code128[bytes[i] - ' ']);
		sum += (i + 1) * (size_t)(bytes[i] - ' ');
	}
	widths_add(&widths, code128[sum % 103]);
	widths_add(&widths, "2331112");
	return draw_widths(&widths);
}

static struct symbol (*const draw_symbol[SYMBOLOGY_COUNT])(const char *bytes, size_t size) = {
	[SYMBOLOGY_QR] = draw_qr,
	[SYMBOLOGY_EAN13] = draw_ean13,
	[SYMBOLOGY_EAN8] = draw_ean8,
	[SYMBOLOGY_CODE128] = draw_code128,
};

/* --- on the frame ---------------------------------------------------------------------------- */

/* The grey value of a point of the symbol, given in modules from its centre; -1 outside. */
static int level_at(const struct symbol *symbol, double x, double y)
{
	int column = (int)floor(x + symbol->width / 2.0),
	    line = (int)floor(y + symbol->height / 2.0);

	if (column < 0 || line < 0 || column >= symbol->width || line >= symbol->height)
		return -1;
	return symbol->dark[line * symbol->width + column] ? INK : PAPER;
}

static double usual_module(const struct symbol *symbol, const struct image *image)
{
	double across = 0.95 * image->width / symbol->width;
	double down = 0.95 * image->height / symbol->height;
	double fitting = across < down ? across : down;

	return fitting < 4 ? fitting : 4;
}

/* Each pixel is the mean of nine points in it. */
static void place(const struct shown *shown, const struct symbol *symbol, struct image *out)
{
	double module = shown->module > 0 ? shown->module : usual_module(symbol, out);
	double angle = shown->angle * M_PI / 180;
	double across = cos(angle) / module, down = sin(angle) / module;
	bool is_placed = shown->x > 0 || shown->y > 0;
	double middle_x = (is_placed ? shown->x : 0.5) * out->width;
	double middle_y = (is_placed ? shown->y : 0.5) * out->height;

	for (int y = 0; y < out->height; y++) {
		uint8_t *row = out->pixels + (size_t)y * (size_t)out->width;
		for (int x = 0; x < out->width; x++) {
			int sum = 0;
			for (int i = 0; i < 9; i++) {
				double dx = x + (i % 3 * 2 + 1) / 6.0 - middle_x;
				double dy = y + (i / 3 * 2 + 1) / 6.0 - middle_y;
				int level = level_at(
					symbol, dx * across + dy * down, dy * across - dx * down);
				sum += level < 0 ? row[x] : level;
			}
			row[x] = (uint8_t)(sum / 9);
		}
	}
}

/* Three box means over a square come close to a Gaussian of the same sigma. */
static void blur(struct image *image, double sigma)
{
	int radius = (int)(sigma + 0.5);
	int width = image->width, height = image->height;
	CLEANUP(mem_free) uint8_t *copy = mem_alloc((size_t)width * (size_t)height);

	for (int turn = 0; turn < 6; turn++) {
		bool is_down = turn % 2;
		memcpy(copy, image->pixels, (size_t)width * (size_t)height);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++) {
				int sum = 0;
				for (int i = -radius; i <= radius; i++) {
					int from_x = is_down ? x : x + i,
					    from_y = is_down ? y + i : y;
					from_x = from_x < 0        ? 0
						 : from_x >= width ? width - 1
								   : from_x;
					from_y = from_y < 0         ? 0
						 : from_y >= height ? height - 1
								    : from_y;
					sum += copy[from_y * width + from_x];
				}
				image->pixels[y * width + x] = (uint8_t)(sum / (2 * radius + 1));
			}
	}
}

static void light(const struct scene *scene, struct image *image)
{
	unsigned seed = scene->seed;

	for (int y = 0; y < image->height; y++)
		for (int x = 0; x < image->width; x++) {
			uint8_t *pixel = &image->pixels[y * image->width + x];
			double noise = 0;
			for (int i = 0; i < 12 && scene->noise > 0; i++)
				noise += rand_r(&seed) / (double)RAND_MAX - 0.5;
			double level = *pixel * (1 - scene->gradient * x / image->width) +
				       noise * scene->noise;
			*pixel = (uint8_t)(level < 0 ? 0 : level > 255 ? 255 : level);
		}
}

void frames_draw(const struct scene *scene, struct image *out)
{
	image_resize(out, scene->width, scene->height);
	memset(out->pixels, GROUND, (size_t)scene->width * (size_t)scene->height);
	for (int i = 0; i < scene->count; i++) {
		const struct shown *shown = &scene->shown[i];
		size_t size = shown->size ? shown->size : strlen(shown->bytes);
		struct symbol symbol = draw_symbol[shown->symbology](shown->bytes, size);
		place(shown, &symbol, out);
		free(symbol.dark);
	}
	if (scene->blur > 0)
		blur(out, scene->blur);
	if (scene->noise > 0 || scene->gradient > 0)
		light(scene, out);
}

void frames_draw_text(
	enum symbology symbology, const char *text, int width, int height, struct image *out)
{
	struct shown shown = { .symbology = symbology, .bytes = text };
	struct scene scene = { .width = width, .height = height, .shown = &shown, .count = 1 };

	frames_draw(&scene, out);
}

void frames_draw_blank(int width, int height, struct image *out)
{
	struct scene scene = { .width = width, .height = height };

	frames_draw(&scene, out);
}

static void draw_box(struct image *image, unsigned *seed)
{
	int width = 10 + rand_r(seed) % (image->width / 4);
	int height = 10 + rand_r(seed) % (image->height / 4);
	int left = rand_r(seed) % image->width, top = rand_r(seed) % image->height;
	int paper = rand_r(seed) % 256, ink = rand_r(seed) % 256;
	int pitch = 2 + rand_r(seed) % 12, kind = rand_r(seed) % 3;

	for (int y = top; y < top + height && y < image->height; y++)
		for (int x = left; x < left + width && x < image->width; x++) {
			bool is_print = kind == 1 && y / pitch % 2 && rand_r(seed) % 3 == 0;
			bool is_stripe = kind == 2 && (x + y / 3) / pitch % 2;
			image->pixels[y * image->width + x] =
				(uint8_t)(is_print || is_stripe ? ink : paper);
		}
}

void frames_draw_clutter(int width, int height, unsigned seed, struct image *out)
{
	const struct scene scene = { .gradient = 0.4, .noise = 5, .seed = seed };

	frames_draw_blank(width, height, out);
	for (int i = 0; i < 60; i++)
		draw_box(out, &seed);
	blur(out, 1);
	light(&scene, out);
}

void frames_write_pgm(const char *path, const struct image *image)
{
	FILE *file = fopen(path, "wb");
	size_t count = (size_t)image->width * (size_t)image->height;

	assert(file);
	fprintf(file, "P5\n%d %d\n255\n", image->width, image->height);
	size_t written = fwrite(image->pixels, 1, count, file);
	int failed = fclose(file);
	if (written != count || failed)
		abort();
}

struct decoder *frames_decoder(void)
{
	struct decoder *decoder = NULL;
	struct err err = { 0 };

	if (decoder_create(&decoder, &err) < 0)
		abort();
	return decoder;
}
