/* The paper of a service record (志愿服务记录证明): A4, free of charge, with a line to write the
 * identity number by hand (none is kept here) and a place for the stamp. Its code can be scanned at
 * the counter, or its number looked up with `duty record`. */
#pragma once

#include "core/duty/service_record.h"
#include "core/sheets/letterhead.h"

int service_record_build(struct db *, const struct letterhead *, const struct service_record *,
	struct sheet **ret, struct err *err);
