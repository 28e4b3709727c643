#include "core/print/qr.h"

#include <qrencode.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/print/reasons.h"

struct qr {
	QRcode *code;
};

/* Version 2 is the first with an alignment pattern, which lets every reader find its modules. */
#define VERSION_MIN 2

static QRcode *encode(const char *payload, int version, QRecLevel level)
{
	return QRcode_encodeString(payload, version, level, QR_MODE_8, 1);
}

/* More error correction if the symbol does not become larger. */
static QRcode *strengthen(const char *payload, QRcode *code)
{
	static const QRecLevel levels[] = { QR_ECLEVEL_H, QR_ECLEVEL_Q };

	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		QRcode *stronger = encode(payload, code->version, levels[i]);
		if (stronger && stronger->version == code->version) {
			QRcode_free(code);
			return stronger;
		}
		if (stronger)
			QRcode_free(stronger);
	}
	return code;
}

int qr_create(const char *payload, int line, struct qr **ret, struct err *err)
{
	QRcode *code = encode(payload, VERSION_MIN, QR_ECLEVEL_M);

	if (!code) {
		CLEANUP(mem_free)
		char *what = mem_printf("line %d: a QR payload that does not fit a symbol", line);
		return err_set(err, ERR_INVALID, REASON_TEXT(SHEET_BAD, what));
	}
	struct qr *qr = mem_alloc(sizeof(*qr));
	qr->code = strengthen(payload, code);
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
