/* What papers on their way to printers are called. */
#pragma once

#include "core/config.h"

/* For a title in the outbox ("receipt"); one that is in words already is returned unchanged. */
const char *words_paper(const char *title); /* 借用凭条 */
const char *words_paper_printer(enum print_purpose);
