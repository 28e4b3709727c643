/* kiosk.conf made of any bytes: it is read, or refused with a message that is safe to show. */
#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/config.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* inih may cut names in the middle of a character, so only control characters are looked for. */
static void assert_safe_to_show(const char *text)
{
	for (unsigned c; (c = text_next(&text));)
		assert(c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) &&
			!(c >= 0x202A && c <= 0x202E));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	CLEANUP(mem_free) char *text = mem_text_n((const char *)data, size);
	struct config config;
	struct err err = { 0 };

	if (config_parse(text, "fuzz", &config, &err) == 0) {
		assert(config.station >= 1 && config.language && config.camera && config.scanner);
		config_finish(&config);
		return 0;
	}
	assert(err.code == ERR_INVALID && err.reasons[0].code == REASON_CONFIG_BAD);
	assert(strncmp(err.reasons[0].text, "fuzz:", 5) == 0);
	assert_safe_to_show(err.detail);
	return 0;
}
