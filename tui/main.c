/* jiaplus: the kiosk, or a verb. */
#include <signal.h>
#include <sodium.h>
#include <stdio.h>

#include "core/base/process.h"
#include "tui/kiosk_run.h"
#include "tui/verbs/dispatch.h"
#include "tui/verbs/verb.h"

int main(int argc, char **argv)
{
	process_keep_private();
	/* Printers and helpers may hang up; code that writes to them checks the result. */
	signal(SIGPIPE, SIG_IGN);
	if (sodium_init() < 0) {
		fputs("jiaplus: libsodium cannot start\n", stderr);
		return EXIT_DEVICE;
	}
	return verb_main(argc, argv, kiosk_run);
}
