/* The doctor's look at printers and camera (doctor.h); shared by its files alone. */
#pragma once

#include "core/audit/doctor_report.h"

/* A line for each purpose. */
void doctor_printers(const struct doctor_options *, struct doctor_report *);
/* None where kiosk.conf has no camera. */
void doctor_camera(const struct doctor_options *, struct doctor_report *);
