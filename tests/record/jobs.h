/* Work in separate processes, several at a time. */
#pragma once

/* Calls run(context, i) for i from `from` up to `to`, in this order, each in a child; at most
 * `jobs` at a time. A child that fails ends the recorder. */
void jobs_run(int jobs, int from, int to, void (*run)(void *context, int index), void *context);
