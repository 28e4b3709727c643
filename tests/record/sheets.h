/* Every sheet of the venue that tests/walk makes, as flat text. */
#pragma once

/* Writes DIR/BUILDER.txt for each builder: its sheets in English of all rows, in Chinese of the
 * first. `scratch` is an empty folder. Returns how many sheets. */
int sheets_record(const char *dir, const char *scratch);
