#include "core/scan/motion.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

#define ACROSS    40 /* cells; a code large enough to be read covers several */
#define DOWN      24
#define THRESHOLD 4 /* noise alone changes a cell's mean by less than this */

struct motion {
	uint8_t cells[ACROSS * DOWN];
	int64_t read_ms;
	int width, height; /* of the frame last read; 0 before the first */
};

struct motion *motion_create(void)
{
	return mem_alloc(sizeof(struct motion));
}

void motion_destroy(struct motion *motion)
{
	free(motion);
}

/* The mean of every other pixel of every fourth row of a cell. */
static uint8_t cell_mean(const struct frame *frame, int column, int line)
{
	int left = column * frame->width / ACROSS, right = (column + 1) * frame->width / ACROSS;
	int top = line * frame->height / DOWN, bottom = (line + 1) * frame->height / DOWN;
	uint32_t sum = 0, count = 0;

	for (int y = top; y < bottom; y += 4) {
		const uint8_t *row = frame->pixels + (size_t)y * (size_t)frame->stride;
		for (int x = left; x < right; x += 2, count++)
			sum += row[x];
	}
	return (uint8_t)(count ? sum / count : 0);
}

bool motion_is_news(struct motion *motion, const struct frame *frame)
{
	uint8_t cells[ACROSS * DOWN];
	bool is_news = motion->width != frame->width || motion->height != frame->height ||
		       frame->at_ms - motion->read_ms >= MOTION_READ_MS ||
		       frame->at_ms < motion->read_ms;

	for (int i = 0; i < ACROSS * DOWN; i++) {
		cells[i] = cell_mean(frame, i % ACROSS, i / ACROSS);
		is_news |= abs(cells[i] - motion->cells[i]) >= THRESHOLD;
	}
	if (is_news) {
		memcpy(motion->cells, cells, sizeof(cells));
		motion->width = frame->width;
		motion->height = frame->height;
		motion->read_ms = frame->at_ms;
	}
	return is_news;
}
