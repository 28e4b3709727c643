/* Sizes of labels as rows: rolls and sheets, with the positions of their labels. All lengths are in
 * hundredths of a millimetre. */
#pragma once

#include "core/store/act.h"

struct label_size {
	int64_t id;       /* 0: the default while there is no row */
	char *code;       /* "a4-24": small letters, digits and -, for commands */
	char *name;       /* "A4，24 张" */
	int64_t position; /* in lists */
	int64_t page_width, page_height;
	int64_t across, down;
	int64_t width, height;       /* of a label */
	int64_t gap_x, gap_y;        /* between two of them */
	int64_t left_edge, top_edge; /* of the first one */
	int64_t inside;              /* margin within each label's edges, as printers need it */
};
void label_size_finish(struct label_size *);

struct label_size_list {
	struct label_size *rows;
	int count;
};
void label_size_list_finish(struct label_size_list *);

int label_size_per_page(const struct label_size *);
/* One label per page: a roll. */
bool label_size_is_roll(const struct label_size *);
/* How many dots at 203 dpi a module of the code can have on such a label; with fewer than
 * LABEL_DOTS_MIN a camera does not read the code at once. */
#define LABEL_DOTS_MIN 6
int label_size_dots(const struct label_size *);

/* By position; never empty: without rows there is the roll of 40 × 30 mm. */
int label_sizes(struct db *, struct label_size_list *ret, struct err *err);
/* ERR_NOT_FOUND LABEL_SIZE_UNKNOWN. */
int label_size_by_code(struct db *, const char *code, struct label_size *ret, struct err *err);
/* The one for the labels that a printer is loaded with (millimetres; height 0: any), the first of
 * several. If none matches, the first roll, or the first of all. */
int label_size_loaded(
	struct db *, double width_mm, double height_mm, struct label_size *ret, struct err *err);

/* Adds it (id 0), or changes the one with that id. ERR_INVALID TEXT_… "code" or "name", NUMBER_BAD
 * naming the field; ERR_NOT_FOUND LABEL_SIZE_UNKNOWN; ERR_REFUSED NAME_EXISTS (the code),
 * LABEL_OUTSIDE (they do not fit on the page), LABEL_SMALL (the code would have less than 14
 * mm). */
int label_size_set(struct db *, const struct act *, const struct label_size *, int64_t *ret_id,
	struct err *err);
/* ERR_NOT_FOUND LABEL_SIZE_UNKNOWN. */
int label_size_remove(struct db *, const struct act *, int64_t id, struct err *err);
