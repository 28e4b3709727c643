/* What papers on their way to printers are called. */
#pragma once

#include "core/config.h"

/* Of a title in the outbox ("receipt"); one that is words already comes back as it is. */
const char *words_paper(const char *title); /* 借用凭条 */
const char *words_paper_printer(enum print_purpose);
