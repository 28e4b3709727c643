/* The kiosk's devices on its loop: camera, wedge scanner and printers. Their faults are shown in
 * the corner of the screen; work goes on. */
#pragma once

#include "tui/drawing.h"
#include "tui/kiosk.h"

struct devices;

/* Starts what kiosk.conf names, after the first paint. Missing devices are waited for. Without an
 * outbox there are no printers: a kiosk whose database cannot be opened still scans. */
struct devices *devices_start(struct kiosk *);
void devices_stop(struct devices *); /* NULL is allowed; before outbox_close and app_destroy */

/* Draws a sheet into a file and reports it; a drawing in progress is given up. Errors as
 * drawing_start. */
int devices_draw(struct devices *, const struct sheet *sheet, const struct drawing_request *what,
	struct err *err);

/* Something was queued for a printer: handle it now. */
void devices_print(struct devices *);
