/* code_read on any bytes: a code that it accepts as ours is written back with the same meaning. */
#include <assert.h>
#include <string.h>

#include "core/base/code.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void assert_written_back(const struct code *code)
{
	char text[CODE_TEXT_MAX];

	if (code->type == CODE_CARD)
		code_write_card(code->token, text);
	else if (code->type == CODE_SLIP)
		code_write_slip(code->id, code->token, text);
	else if (code->type == CODE_BOOKING || code->type == CODE_VOUCHER ||
		 code->type == CODE_BLANK)
		code_write_secret(code->type, code->token, text);
	else
		code_write_id(code->type, code->id, text);
	struct code again = code_read(text, strlen(text), NULL);
	assert(again.type == code->type && again.id == code->id);
	assert(memcmp(again.token, code->token, sizeof(again.token)) == 0);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	bool is_damaged;
	struct code code = code_read((const char *)data, size, &is_damaged);

	assert(!is_damaged || code.type == CODE_FOREIGN);
	switch (code.type) {
	case CODE_CARD:
	case CODE_ITEM:
	case CODE_VENUE:
	case CODE_SHIFT:
	case CODE_LOAN:
	case CODE_BOOKING:
	case CODE_SLIP:
	case CODE_VOUCHER:
	case CODE_RECORD:
	case CODE_HONOUR:
	case CODE_BLANK:
		assert_written_back(&code);
		break;
	case CODE_ISBN:
		assert(code_is_article(code.id));
		break;
	case CODE_NUMBER:
		assert(code.id >= 0 && code.id <= 999999999);
		break;
	case CODE_OUTDATED:
	case CODE_PAYMENT:
	case CODE_FOREIGN:
		assert(code.id == 0);
		break;
	case CODE_TYPE_COUNT:
		assert(!"a type");
	}
	return 0;
}
