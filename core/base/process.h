/* The process itself. */
#pragma once

/* Keeps what is in memory (names, phone numbers, PINs) private: no core dump is written, and no
 * other process of the same user can read it. Call it at the beginning of main(). */
void process_keep_private(void);
