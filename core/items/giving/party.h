/* Residents as parties to a donation, sale, swap or gift: shared by their files. */
#pragma once

#include "core/people/resident.h"

/* ERR_NOT_FOUND RESIDENT_UNKNOWN, ERR_REFUSED RESIDENT_LEFT. */
int party_check(struct db *, int64_t resident, struct err *err);
