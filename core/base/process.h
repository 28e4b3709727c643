/* The process itself, and the machine that it runs on. */
#pragma once

/* Keeps what is in memory (names, phone numbers, PINs) private: no core dump is written, and no
 * other process of the same user can read it. Call it at the beginning of main(). */
void process_keep_private(void);

/* Which boot of the machine this is; "" when the system does not tell. Monotonic times of two
 * processes compare within one. */
#define BOOT_SIZE 37
void process_boot(char ret[BOOT_SIZE]);
