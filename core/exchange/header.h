/* Finds the row of a table that names its columns: people write titles and dates above it, and put
 * some names into a second row below a merged cell. */
#pragma once

#include "core/exchange/table.h"

/* Of the first rows the one that names the most columns, counting required columns first; of equal
 * ones the first. −1 when none names any. *ret_known is how many. */
int header_find(const struct table *, const struct column_list *, int *ret_known);

/* True when `row` is a second row of names below the header in `header`: 楼栋 and 房号 below
 * 住址. */
bool header_goes_on(const struct table *, const struct column_list *, int header, int row);
