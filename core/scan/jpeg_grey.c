#include "core/scan/jpeg_grey.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
/* after jpeglib.h */
#include <jerror.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

#define SCANS_MAX 200 /* a progressive picture has about ten; thousands are an attack */

struct jpeg_grey {
	struct jpeg_decompress_struct codec;
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	jmp_buf failed;
	int damage; /* warnings that mean lost picture data */
};

_Noreturn static void on_error(j_common_ptr codec)
{
	struct jpeg_grey *jpeg = codec->client_data;

	longjmp(jpeg->failed, 1);
}

static void on_message(j_common_ptr codec, int level)
{
	struct jpeg_grey *jpeg = codec->client_data;

	if (level >= 0)
		return;
	switch (codec->err->msg_code) {
	case JWRN_JPEG_EOF:
	case JWRN_HIT_MARKER:
	case JWRN_HUFF_BAD_CODE:
	case JWRN_MUST_RESYNC:
		jpeg->damage++;
	}
}

/* A torn picture is given up at once, however large it claims to be. */
static void on_progress(j_common_ptr codec)
{
	struct jpeg_grey *jpeg = codec->client_data;

	if (jpeg->damage || jpeg->codec.input_scan_number > SCANS_MAX)
		longjmp(jpeg->failed, 1);
}

struct jpeg_grey *jpeg_grey_create(void)
{
	struct jpeg_grey *jpeg = mem_alloc(sizeof(*jpeg));

	jpeg->codec.err = jpeg_std_error(&jpeg->errors);
	jpeg->codec.client_data = jpeg;
	jpeg->errors.error_exit = on_error;
	jpeg->errors.emit_message = on_message;
	jpeg->progress.progress_monitor = on_progress;
	jpeg_create_decompress(&jpeg->codec);
	jpeg->codec.client_data = jpeg;
	jpeg->codec.progress = &jpeg->progress;
	return jpeg;
}

void jpeg_grey_destroy(struct jpeg_grey *jpeg)
{
	if (!jpeg)
		return;
	jpeg_destroy_decompress(&jpeg->codec);
	mem_free(&jpeg);
}

/* False when the picture is too large. Leaves by longjmp when it is not a picture. */
static bool read_all(struct jpeg_grey *jpeg, const void *bytes, size_t size, struct image *out)
{
	struct jpeg_decompress_struct *codec = &jpeg->codec;

	jpeg_mem_src(codec, bytes, size);
	jpeg_read_header(codec, TRUE);
	if (!frame_size_is_sane(codec->image_width, codec->image_height))
		return false;
	codec->out_color_space = JCS_GRAYSCALE;
	codec->dct_method = JDCT_IFAST;
	codec->do_fancy_upsampling = FALSE;
	image_resize(out, (int)codec->image_width, (int)codec->image_height);
	jpeg_start_decompress(codec);
	while (codec->output_scanline < codec->output_height) {
		JSAMPROW row = out->pixels + (size_t)codec->output_scanline * codec->output_width;
		jpeg_read_scanlines(codec, &row, 1);
	}
	jpeg_finish_decompress(codec);
	return true;
}

int jpeg_grey_read(struct jpeg_grey *jpeg, const void *bytes, size_t size, const char *name,
	struct image *out, struct err *err)
{
	jpeg->damage = 0;
	if (setjmp(jpeg->failed)) {
		char why[JMSG_LENGTH_MAX];
		jpeg->errors.format_message((j_common_ptr)&jpeg->codec, why);
		jpeg_abort_decompress(&jpeg->codec);
		return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, name), "JPEG: %s", why);
	}
	bool is_sane = read_all(jpeg, bytes, size, out);
	jpeg_abort_decompress(&jpeg->codec);
	if (!is_sane)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_TOO_LARGE, name));
	if (jpeg->damage)
		return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, name),
			"JPEG: the picture's data is torn");
	return 0;
}
