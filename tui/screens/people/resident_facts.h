/* What a resident's page says about the person beside name and card: each in words, "" for
 * nothing. */
#pragma once

#include "core/people/resident.h"
#include "tui/kiosk.h"

struct resident_facts {
	char *category, *family; /* family: who else lives there */
	char *guardian, *wards, *fetchers;
	char *pause, *consent;
	char *rights; /* of use */
};
int resident_facts_read(struct kiosk *, const struct resident *, const struct resident_person *,
	struct resident_facts *ret, struct err *err);
void resident_facts_finish(struct resident_facts *);
