/* Any bytes as what the paper helper says about a printer: a known event, or refused. */
#include <assert.h>
#include <jansson.h>

#include "core/print/paper.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct paper_event event;
	struct err err = { 0 };
	json_t *message = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);

	/* The pipe delivers only objects. */
	if (json_is_object(message)) {
		if (paper_event_read(message, &event, &err) == 0)
			assert(event.kind < PAPER_EVENT_COUNT &&
				(event.kind != PAPER_FAILED ||
					(event.failure.code < 0 &&
						event.failure.code >= ERR_UNSURE)));
		else
			assert(err.code == ERR_DEVICE && err.reason_count == 1);
	}
	json_decref(message);
	return 0;
}
