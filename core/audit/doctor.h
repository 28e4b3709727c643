/* What is wrong with this machine: its folder, files, disk, clock, printers and camera, looked at
 * from outside, so that it answers also where the kiosk cannot start. */
#pragma once

#include "core/audit/doctor_report.h"

/* Looks at all of it; writes nothing and waits a few seconds at most for a printer that does not
 * answer. A check that needs what another one found missing is left out. */
void doctor_run(const struct doctor_options *, struct doctor_report *ret);

/* 1 and *ret when the disk of `dir` has so little left that it should be told: DISK_LOW (n1 MB).
 * 0, also when nothing is known of it. */
int doctor_space(const char *dir, struct reason *ret);
