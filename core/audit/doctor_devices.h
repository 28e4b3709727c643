/* The doctor's checks of printers and camera (doctor.h); for its own files only. */
#pragma once

#include "core/audit/doctor_report.h"

/* A line for each purpose. */
void doctor_printers(const struct doctor_options *, struct doctor_report *);
/* No line if kiosk.conf has no camera. */
void doctor_camera(const struct doctor_options *, struct doctor_report *);
