/* The rules for all loans, as numbered lines of a poster: limits, renewals, due days, rest between
 * loans, reserving, deposits; if a category differs, the line says so. As rule_table.h. */
#pragma once

#include "core/sheets/rule_table.h"
#include "core/site/setting.h"

/* Continues after line *number, and leaves the last one's number there. */
int rule_lines_put(struct sheet *, const struct rule_view *, int *number, struct err *err);

/* A line with a setting as a count in "%1$s"; `none` replaces it when it is 0 (NULL: nothing). */
struct setting_line {
	enum setting setting;
	const char *some, *none; /* msgids */
};
int rule_lines_setting(
	struct sheet *, struct db *, const struct setting_line *, int *number, struct err *err);
