/* Where the program's own data files lie: in the source folder for a program that runs out of its
 * build folder, else where they were installed. */
#pragma once

/* "demo/items.tsv" → its path. The caller's. */
char *asset_path(const char *name);
