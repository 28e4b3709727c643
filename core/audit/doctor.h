/* What is wrong with this machine: its folder, files, disk, clock, printers and camera, checked
 * from outside, so that it also works where the kiosk cannot start. */
#pragma once

#include "core/audit/doctor_report.h"

/* Checks all of it; writes nothing and waits at most a few seconds for a printer that does not
 * answer. A check that needs something which another one found missing is left out. */
void doctor_run(const struct doctor_options *, struct doctor_report *ret);

/* 1 and *ret when the disk of `dir` has so little space left that people should be told: DISK_LOW
 * (n1 MB). Otherwise 0, also when the space is unknown. */
int doctor_space(const char *dir, struct reason *ret);
