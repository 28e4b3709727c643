/* The process itself. */
#pragma once

/* What is in its memory (names, phone numbers, PINs) stays there: no core dump, and no other
 * process of the same user reads it. For the beginning of main(). */
void process_keep_private(void);
