/* 荣誉证书: A4 landscape, to be framed. Its code can be scanned at the counter, its number looked
 * up with `points certified`. */
#pragma once

#include "core/duty/certificate.h"
#include "core/sheets/letterhead.h"

int certificate_build(struct db *, const struct letterhead *, const struct certificate *,
	struct sheet **ret, struct err *err);
