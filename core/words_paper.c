#include "core/words_paper.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/msgid.h"

static const struct {
	const char *title, *words;
} titles[] = {
	{ "thanks", N_("Thanks for a donation") },
	{ "slip", N_("Slip") },
	{ "stocktake", N_("Stocktake report") },
	{ "guide", N_("Guide for a shelf") },
	{ "fund", N_("Statement of the community fund") },
	{ "merchant", N_("Settlement with a merchant") },
	{ "recovery", N_("Recovery sheet") },
	{ "receipt", N_("Receipt") },
	{ "return slip", N_("Return slip") },
	{ "card", N_("Sharing card") },
	{ "cards", N_("Sharing cards") },
	{ "labels", N_("Labels") },
	{ "reminder", N_("Reminder") },
	{ "hold slip", N_("Pick-up slip") },
	{ "rules", N_("Lending rules") },
};

static const char *const printers[PURPOSE_COUNT] = {
	[PURPOSE_RECEIPT] = N_("Receipts"),
	[PURPOSE_OFFICE_A4] = N_("A4"),
	[PURPOSE_OFFICE_A3] = N_("A3"),
	[PURPOSE_LABELS] = N_("Labels"),
};

const char *words_paper(const char *title)
{
	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		if (strcmp(titles[i].title, title) == 0)
			return _(titles[i].words);
	return title;
}

const char *words_paper_printer(enum print_purpose purpose)
{
	return _(printers[purpose]);
}
