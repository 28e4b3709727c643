/* Sheets to look at and to test with: what a counter prints, built with the product's builders. */
#pragma once

#include "core/print/sheet.h"

struct sheet *sample_receipt(const struct sheet_media *roll); /* three items, one long name */
struct sheet *sample_cards(int count);      /* ID-1, ten on an A4 page, cut marks */
struct sheet *sample_label(void);           /* a 40 × 30 mm roll label */
struct sheet *sample_label_page(int count); /* the same, 5 × 9 on A4 */
struct sheet *sample_roster(void);          /* A4 landscape, a week */
