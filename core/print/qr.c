#include "core/print/qr.h"

#include <qrencode.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/print/reasons.h"

struct qr {
	QRcode *code;
};

int qr_create(const char *payload, int line, struct qr **ret, struct err *err)
{
	QRcode *code = QRcode_encodeString(payload, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

	if (!code) {
		CLEANUP(mem_free)
		char *what = mem_printf("line %d: a QR payload that does not fit a symbol", line);
		return err_set(err, ERR_INVALID, REASON_TEXT(SHEET_BAD, what));
	}
	struct qr *qr = mem_alloc(sizeof(*qr));
	qr->code = code;
	*ret = qr;
	return 0;
}

void qr_destroy(struct qr *qr)
{
	if (!qr)
		return;
	QRcode_free(qr->code);
	free(qr);
}

int qr_width(const struct qr *qr)
{
	return qr->code->width;
}

bool qr_is_dark(const struct qr *qr, int x, int y)
{
	return qr->code->data[y * qr->code->width + x] & 1;
}
