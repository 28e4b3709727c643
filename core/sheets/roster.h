/* The weekly roster for the wall (doc/screens.md, Paper): days across, periods down, the leader
 * first, a column to sign in, open places in words, changes marked, version and time. To be read
 * from two metres, in black and white. */
#pragma once

#include "core/base/when.h"
#include "core/config.h"
#include "core/sheets/letterhead.h"

enum roster_paper {
	ROSTER_A4,
	ROSTER_A3,
	ROSTER_A3_TILED, /* as two upright sheets of A4, to be glued together */
	ROSTER_PAPER_COUNT,
};

struct roster_options {
	enum roster_paper paper;
	/* each shift with the code that signs in: nobody holds a wall to the camera */
	bool is_desk_copy;
};

/* ERR_REFUSED ROSTER_EMPTY when the week has no shifts. */
int roster_build(struct db *, const struct letterhead *, struct week week,
	const struct roster_options *, struct sheet **ret, struct err *err);
/* Whose printer it is for. */
enum print_purpose roster_purpose(enum roster_paper);
/* "第48周轮值表": the name of the sheet and its file. The caller's. */
char *roster_title(const struct letterhead *, struct week week);
