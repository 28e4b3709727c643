/* Writes Y4M recordings for tests, and keeps a FIFO full like a camera. */
#pragma once

#include <stdio.h>

#include "core/scan/image.h"

/* A header for frames of this size, then each frame (grey with neutral 4:2:0 chroma). */
void y4m_write_header(FILE *file, int width, int height, int frames_per_second);
void y4m_write_frame(FILE *file, const struct image *image);

/* A whole recording: each image `repeat` times. */
void y4m_write_file(const char *path, const struct image *const images[], int count, int repeat,
	int frames_per_second);

/* A fake camera behind a FIFO: a thread writes the current picture again and again, once somebody
 * reads. */
struct y4m_feed;

/* Creates the FIFO. Shows nothing (a blank frame) at first. */
struct y4m_feed *y4m_feed_start(const char *path, int width, int height, int frames_per_second);
void y4m_feed_show(struct y4m_feed *, const struct image *image); /* of the feed's size; copied */
void y4m_feed_blank(struct y4m_feed *);
void y4m_feed_unplug(struct y4m_feed *); /* closes the FIFO; showing anything plugs it in again */
/* Waits until the other side has read `count` more frames; false after `timeout_ms`. */
bool y4m_feed_await(struct y4m_feed *, int count, int timeout_ms);
void y4m_feed_stop(struct y4m_feed *); /* removes the FIFO; NULL is allowed */
