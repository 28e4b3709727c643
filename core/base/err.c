#include "core/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *err, enum err_code code, struct reason reason)
{
	err->code = code;
	err->reason_count = 1;
	err->reasons[0] = reason;
	err->detail[0] = '\0';
	return code;
}

int err_setf(struct err *err, enum err_code code, struct reason reason, const char *fmt, ...)
{
	va_list args;

	err_set(err, code, reason);
	va_start(args, fmt);
	vsnprintf(err->detail, sizeof(err->detail), fmt, args);
	va_end(args);
	return code;
}

void err_refuse(struct err *err, struct reason reason)
{
	if (err->code == ERR_NONE)
		err->reason_count = 0;
	err->code = ERR_REFUSED;
	if (err_has(err, reason.code) || err->reason_count == ERR_REASONS_MAX)
		return;
	int at = err->reason_count++;
	while (at > 0 && err->reasons[at - 1].code > reason.code) {
		err->reasons[at] = err->reasons[at - 1];
		at--;
	}
	err->reasons[at] = reason;
}

bool err_has(const struct err *err, int code)
{
	for (int i = 0; i < err->reason_count; i++)
		if (err->reasons[i].code == code)
			return true;
	return false;
}
