/* jiaplus-paper: draws sheets and hands them to printers. See paper.h. */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/base/process.h"
#include "core/base/reason_name.h"
#include "core/base/reasons.h"
#include "core/print/paper_serve.h"
#include "core/print/render.h"

static const char usage[] =
	"usage: jiaplus-paper [--lock FILE]\n"
	"       jiaplus-paper --render SHEET --to FILE.pdf|png|pbm|escpos [--dots N]\n"
	"\n"
	"Draws a sheet into a file, or, without --render, serves jiaplus over its standard input.\n"
	"\n"
	"  --render SHEET  the sheet to draw; - reads it from standard input\n"
	"  --to FILE       its suffix says the format; pictures of further pages go to FILE-2 …\n"
	"  --dots N        dots of the print head, for pbm and escpos; default: the paper's width\n"
	"  --lock FILE     wait until no other jiaplus-paper serves with the same FILE\n";

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_DEVICE = 4 };

struct options {
	const char *render, *to, *lock;
	int dots;
};

static int complain(const struct err *err, int status)
{
	fprintf(stderr, "jiaplus-paper: %s: %s%s%s\n", reason_name(err->reasons[0].code),
		err->reasons[0].text, err->detail[0] ? ": " : "", err->detail);
	return status;
}

/* Beside the program in a build folder, else with the installed data. The caller's.
 */
static char *font_folder(void)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash = n > 0 ? memrchr(self, '/', (size_t)n) : NULL;

	if (slash) {
		CLEANUP(mem_free)
		char *beside = mem_printf("%.*s/core/print", (int)(slash - self), self);
		CLEANUP(mem_free) char *file = mem_printf("%s/common-regular.otf", beside);
		if (access(file, R_OK) == 0)
			return TAKE(beside);
	}
	return mem_text(JIAPLUS_DATADIR "/fonts");
}

static int format_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	return paper_name_index(dot ? dot + 1 : NULL, paper_format_names, PAPER_FORMAT_COUNT);
}

static int slurp(const char *path, struct bytes *ret, struct err *err)
{
	FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
	char chunk[4096];
	size_t n;

	while (in && (n = fread(chunk, 1, sizeof(chunk), in)) > 0)
		bytes_add(ret, chunk, n);
	if (!in || ferror(in))
		return err_setf(err, ERR_NOT_FOUND, REASON_TEXT(FILE_UNREADABLE, path), "%s",
			strerror(errno));
	if (in != stdin)
		fclose(in);
	return 0;
}

static int render(const struct options *options)
{
	CLEANUP(render_finish) struct render drawn = { 0 };
	CLEANUP(bytes_finish) struct bytes text = { 0 };
	struct fonts *fonts = NULL;
	struct err err = { 0 };
	int format = format_of(options->to);

	if (format < 0) {
		fprintf(stderr, "jiaplus-paper: %s: the suffix names no format\n", options->to);
		return EXIT_USAGE;
	}
	if (slurp(options->render, &text, &err) < 0)
		return complain(&err, EXIT_REFUSED);
	CLEANUP(mem_free) char *folder = font_folder();
	if (fonts_open(folder, &fonts, &err) < 0)
		return complain(&err, EXIT_DEVICE);
	const struct render_source source = { (const char *)text.data, text.size, "" };
	int rc = render_init(fonts, &source, &drawn, &err);
	if (rc == 0)
		rc = render_to_files(
			&drawn, (enum paper_format)format, options->dots, options->to, &err);
	for (int i = 0; rc == 0 && i < pages_warning_count(drawn.pages); i++)
		fprintf(stderr, "jiaplus-paper: %s\n", pages_warning(drawn.pages, i));
	render_finish(&drawn);
	fonts_close(fonts);
	return rc < 0 ? complain(&err, EXIT_REFUSED) : EXIT_SUCCESS;
}

static int serve(const struct options *options)
{
	struct err err = { 0 };
	CLEANUP(mem_free) char *folder = font_folder();

	signal(SIGPIPE, SIG_IGN);
	return paper_serve(folder, options->lock, &err) < 0 ? complain(&err, EXIT_DEVICE)
							    : EXIT_SUCCESS;
}

static int read_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{ "render", required_argument, NULL, 'r' },
		{ "to", required_argument, NULL, 't' },
		{ "dots", required_argument, NULL, 'd' },
		{ "lock", required_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (c == 'r')
			options->render = optarg;
		else if (c == 't')
			options->to = optarg;
		else if (c == 'l')
			options->lock = optarg;
		else if (c == 'd')
			options->dots = (int)strtol(optarg, NULL, 10);
		else
			return c;
	}
	return optind < argc || !options->render != !options->to ? '?' : 0;
}

int main(int argc, char **argv)
{
	struct options options = { 0 };

	process_keep_private();
	setlocale(LC_CTYPE, "C.UTF-8");
	switch (read_options(argc, argv, &options)) {
	case 0:
		return options.render ? render(&options) : serve(&options);
	case 'h':
		fputs(usage, stdout);
		return EXIT_SUCCESS;
	case 'v':
		puts("jiaplus-paper " JIAPLUS_VERSION);
		return EXIT_SUCCESS;
	default:
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
}
