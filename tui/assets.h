/* Where the program's data files are: in the source folder for a program that runs from its build
 * folder, otherwise where they were installed. */
#pragma once

/* "demo/items.tsv" → its path. The caller's. */
char *asset_path(const char *name);
