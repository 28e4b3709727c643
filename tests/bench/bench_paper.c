/* Papers: a receipt of three items from the helper, cold and warm, as PDF and as dots.
 *
 * Prints lines of name, value, unit, reference, ratio (value / reference). Warm times are those of
 * a request over the pipe, as from the outbox, up to the finished file; their reference is a bare
 * Cairo PDF page with one plain paragraph of the same words in the same process. The cold time's
 * reference is pango-view. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/bytes.h"
#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/base/reason_name.h"
#include "core/print/paper.h"
#include "tests/lib/printer.h"
#include "tests/lib/samples.h"

#define HELPER     JIAPLUS_BUILDDIR "/jiaplus-paper"
#define PANGO_VIEW "/usr/bin/pango-view"
#define ROUNDS     200
#define COLD       5
#define WAIT_MS    10000

extern char **environ;

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void print_line(const char *name, double value, double reference)
{
	if (reference > 0)
		printf("%s\t%.3f\tms\t%.3f\t%.3f\n", name, value, reference, value / reference);
	else
		printf("%s\t%.3f\tms\t-\t-\n", name, value);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double part(double *times, int count, double share)
{
	qsort(times, (size_t)count, sizeof(*times), by_size);
	return times[(int)((count - 1) * share)];
}

static void give_up(const struct err *err)
{
	fprintf(stderr, "bench_paper: %s: %s\n", reason_name(err->reasons[0].code), err->detail);
	exit(1);
}

/* ---- the helper ---- */

static void await(struct pipe_helper *helper, enum paper_event_kind kind)
{
	struct paper_event event = { .kind = PAPER_EVENT_COUNT };
	struct err err = { 0 };

	while (event.kind != kind) {
		json_t *message = NULL;
		if (pipe_await(helper, WAIT_MS, &message, &err) < 0 ||
			paper_event_read(message, &event, &err) < 0)
			give_up(&err);
		if (event.kind == PAPER_FAILED)
			give_up(&event.failure);
		json_decref(message);
	}
}

static struct pipe_helper *start(void)
{
	const char *const argv[] = { HELPER, NULL };
	struct pipe_helper *helper = NULL;
	struct err err = { 0 };

	if (pipe_start(argv, STDERR_FILENO, &helper, &err) < 0)
		give_up(&err);
	await(helper, PAPER_READY);
	return helper;
}

static void print(struct pipe_helper *helper, const char *sheet, const struct paper_queue *queue)
{
	struct err err = { 0 };

	pipe_send(helper, paper_print("R000123#1", sheet, queue));
	if (pipe_turn(helper, &err) < 0)
		give_up(&err);
	await(helper, PAPER_DONE);
}

static double bench_cold(const char *sheet, const struct paper_queue *queue)
{
	double times[COLD];

	for (int i = 0; i < COLD; i++) {
		double began = now_ms();
		struct pipe_helper *helper = start();
		print(helper, sheet, queue);
		times[i] = now_ms() - began;
		pipe_stop(helper, WAIT_MS);
	}
	return part(times, COLD, 0.5);
}

static void bench_warm(struct pipe_helper *helper, const char *name, const char *sheet,
	const struct paper_queue *queue, double reference)
{
	double times[ROUNDS];
	CLEANUP(mem_free) char *name_p99 = mem_printf("%s_p99", name);

	for (int i = 0; i < ROUNDS; i++) {
		double began = now_ms();
		print(helper, sheet, queue);
		times[i] = now_ms() - began;
	}
	print_line(name, part(times, ROUNDS, 0.5), reference);
	print_line(name_p99, part(times, ROUNDS, 0.99), 0);
}

/* ---- references ---- */

static cairo_status_t add_bytes(void *closure, const unsigned char *data, unsigned size)
{
	bytes_add(closure, data, size);
	return CAIRO_STATUS_SUCCESS;
}

static void bare_page(const char *words)
{
	CLEANUP(bytes_finish) struct bytes bytes = { 0 };
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(add_bytes, &bytes, 164, 400);
	cairo_t *cr = cairo_create(surface);
	PangoLayout *layout = pango_cairo_create_layout(cr);
	PangoFontDescription *font = pango_font_description_from_string("Noto Sans CJK SC 9");

	pango_layout_set_font_description(layout, font);
	pango_layout_set_width(layout, 130 * PANGO_SCALE);
	pango_layout_set_text(layout, words, -1);
	pango_cairo_show_layout(cr, layout);
	pango_font_description_free(font);
	g_object_unref(layout);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
}

static double bench_bare_page(const char *words)
{
	double times[ROUNDS];

	bare_page(words);
	for (int i = 0; i < ROUNDS; i++) {
		double began = now_ms();
		bare_page(words);
		times[i] = now_ms() - began;
	}
	return part(times, ROUNDS, 0.5);
}

/* 0: it is not installed. */
static double bench_pango_view(const char *folder, const char *words)
{
	CLEANUP(mem_free) char *out = mem_printf("--output=%s/view.pdf", folder);
	CLEANUP(mem_free) char *text = mem_printf("--text=%s", words);
	const char *const argv[] = { PANGO_VIEW, "-q", "--font=Noto Sans CJK SC 9", "--width=130",
		out, text, NULL };
	double times[COLD];

	for (int i = 0; i < COLD; i++) {
		double began = now_ms();
		int status = -1;
		pid_t pid;
		if (posix_spawn(&pid, PANGO_VIEW, NULL, NULL, (char *const *)argv, environ) != 0)
			return 0;
		if (waitpid(pid, &status, 0) != pid || status != 0)
			return 0;
		times[i] = now_ms() - began;
	}
	return part(times, COLD, 0.5);
}

/* All text of a sheet, without its layout; the caller's. */
static char *words_of(const struct sheet *sheet)
{
	struct bytes words = { 0 };

	for (int i = 0; i < sheet_item_count(sheet); i++) {
		const struct sheet_item *item = sheet_item(sheet, i);
		if ((item->kind != SHEET_TEXT && item->kind != SHEET_PAIR) || !item->text)
			continue;
		bytes_add(&words, item->text, strlen(item->text));
		bytes_add(&words, "\n", 1);
		if (item->right)
			bytes_add(&words, item->right, strlen(item->right));
	}
	bytes_add(&words, "", 1);
	return (char *)words.data;
}

int main(void)
{
	CLEANUP(sheet_destroyp) struct sheet *receipt = sample_receipt(&sheet_roll_58);
	CLEANUP(sheet_destroyp) struct sheet *roster = sample_roster();
	CLEANUP(mem_free) char *receipt_text = sheet_take_text(receipt);
	CLEANUP(mem_free) char *roster_text = sheet_take_text(roster);
	CLEANUP(mem_free) char *words = words_of(receipt);
	CLEANUP(mem_free) char *folder = folder_make("bench");
	struct paper_queue file = { .mode = PRINT_FILE, .queue = folder };
	struct paper_queue device = { .mode = PRINT_RAW, .queue = "/dev/null", .dots = 384 };

	print_line("paper_receipt_cold", bench_cold(receipt_text, &file),
		bench_pango_view(folder, words));
	double bare = bench_bare_page(words);
	struct pipe_helper *helper = start();
	bench_warm(helper, "paper_receipt_pdf", receipt_text, &file, bare);
	bench_warm(helper, "paper_receipt_escpos", receipt_text, &device, bare);
	bench_warm(helper, "paper_roster_pdf", roster_text, &file, 0);
	pipe_stop(helper, WAIT_MS);
	folder_remove(folder);
	return 0;
}
