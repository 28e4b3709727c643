/* Who the venue is: what stands at the head of every screen and paper. */
#pragma once

#include "core/store/act.h"

struct site {
	char *name;      /* 顺德共享家+ */
	char *community; /* 榕树里社区 */
	char *phone;
	char *address;
	char *motto; /* one line of thanks or rule at the foot of a receipt */
};

/* All texts are set; all are "" before the first site_set. */
int site_get(struct db *db, struct site *ret, struct err *err);
void site_finish(struct site *site);

/* Writes all five; NULL is "". ERR_INVALID TEXT_EMPTY "name", or what else text_accept refuses. */
int site_set(struct db *db, const struct act *act, const struct site *site, struct err *err);
