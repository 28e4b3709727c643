/* 志愿服务记录证明: certifies one person's service. The organisation that records is the one that
 * certifies; each has a number that can be checked (民政部令第67号). */
#pragma once

#include "core/duty/service_hours.h"

struct service_record {
	int64_t id, number, resident;
	struct day from, until;
	struct minutes minutes;
	int64_t lines; /* how often they served */
	int64_t issued_at;
};

/* Certifies what counts from `from` to `until`. ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_INVALID
 * DATE_BAD "until"; ERR_REFUSED HOURS_UNKNOWN when nothing is recorded. */
int service_record_issue(struct db *, const struct act *, int64_t resident, struct day from,
	struct day until, struct service_record *ret, struct err *err);
/* By the number printed on it, or by the id in its code. ERR_NOT_FOUND HOURS_UNKNOWN. */
int service_record_by_id(struct db *, int64_t id, struct service_record *ret, struct err *err);
int service_record_get(struct db *, int64_t number, struct service_record *ret, struct err *err);
