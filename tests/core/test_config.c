#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/config.h"
#include "core/print/sheet.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define CONFIG(name) CLEANUP(config_finish) struct config name = { 0 }

static void parse_ok(const char *text, struct config *config)
{
	struct err err = { 0 };

	assert_ok(config_parse(text, "kiosk.conf", config, &err), &err);
}

/* Refused with exactly this message. */
static void assert_fault(const char *text, const char *expected)
{
	struct err err = { 0 };
	struct config config = { .station = -7 };

	assert_int_equal(config_parse(text, "kiosk.conf", &config, &err), ERR_INVALID);
	assert_int_equal(err.reasons[0].code, REASON_CONFIG_BAD);
	assert_string_equal(err.detail, expected);
	assert_int_equal(config.station, -7); /* untouched */
}

static void assert_texts_equal(const char *a, const char *b)
{
	if (a && b)
		assert_string_equal(a, b);
	else
		assert_ptr_equal(a, b);
}

static void assert_same(const struct config *a, const struct config *b)
{
	assert_texts_equal(a->dir, b->dir);
	assert_texts_equal(a->language, b->language);
	assert_texts_equal(a->theme, b->theme);
	assert_texts_equal(a->logo, b->logo);
	assert_int_equal(a->station, b->station);
	assert_int_equal(a->has_sound, b->has_sound);
	assert_texts_equal(a->camera, b->camera);
	assert_int_equal(a->camera_width, b->camera_width);
	assert_int_equal(a->camera_height, b->camera_height);
	assert_texts_equal(a->scanner, b->scanner);
	assert_texts_equal(a->cups_server, b->cups_server);
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		assert_int_equal(a->queues[i].mode, b->queues[i].mode);
		assert_texts_equal(a->queues[i].queue, b->queues[i].queue);
		assert_true(a->queues[i].width_mm == b->queues[i].width_mm);
		assert_true(a->queues[i].height_mm == b->queues[i].height_mm);
		assert_int_equal(a->queues[i].dots, b->queues[i].dots);
	}
}

/* A file that is removed when the variable leaves its scope. */
struct file {
	char path[64];
};

static void file_finish(struct file *file)
{
	unlink(file->path);
}

static struct file file_with(const char *bytes, size_t len)
{
	struct file file = { "/tmp/test-config-XXXXXX" };
	int fd = mkstemp(file.path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
	return file;
}

/* ---- the example ---- */

static char *example_path(void)
{
	const char *root = getenv("JIAPLUS_SOURCE");

	assert_non_null(root);
	return mem_printf("%s/kiosk.conf", root);
}

TEST(the_example_file_says_exactly_the_defaults, none)
{
	struct err err = { 0 };
	CLEANUP(mem_free) char *path = example_path();
	CONFIG(defaults);
	CONFIG(example);

	config_init(&defaults);
	assert_ok(config_load(path, &example, &err), &err);
	assert_same(&example, &defaults);
	assert_string_equal(example.path, path);
}

/* Repeating each key gives "given twice": so the example has every key that the reader knows. The
 * list of keys comes from the reader's own message. */
TEST(the_example_file_names_every_key, none)
{
	static const char *const sections[] = { "kiosk", "camera", "scanner", "print", "receipt",
		"office-a4", "office-a3", "labels" };
	CLEANUP(mem_free) char *path = example_path();
	char example[16384] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_true(fread(example, 1, sizeof(example) - 1, f) > 0);
	fclose(f);
	for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
		struct err err = { 0 };
		struct config config;
		CLEANUP(mem_free) char *probe = mem_printf("[%s]\nno-such-key = 1\n", sections[i]);
		assert_int_equal(config_parse(probe, "c", &config, &err), ERR_INVALID);
		char *list = strstr(err.detail, "allowed: ");
		assert_non_null(list);
		char *save, *key = strtok_r(list + strlen("allowed: "), ", ", &save);
		for (; key; key = strtok_r(NULL, ", ", &save)) {
			struct err twice = { 0 };
			CLEANUP(mem_free)
			char *text = mem_printf("%s\n[%s]\n%s = x\n", example, sections[i], key);
			assert_int_equal(config_parse(text, "c", &config, &twice), ERR_INVALID);
			if (!strstr(twice.detail, "given twice"))
				fail_msg("[%s] %s is not in kiosk.conf", sections[i], key);
		}
	}
}

/* ---- what is read ---- */

TEST(nothing_at_all_means_the_defaults, none)
{
	CONFIG(defaults);
	CONFIG(config);

	config_init(&defaults);
	parse_ok("", &config);
	assert_same(&config, &defaults);
	assert_null(config.path);
	assert_string_equal(config.language, "zh_CN");
	assert_int_equal(config.queues[PURPOSE_RECEIPT].mode, PRINT_FILE);
}

TEST(labels_are_as_large_as_our_label_sheets, none)
{
	CONFIG(config);

	config_init(&config);
	const struct print_queue_config *labels = &config.queues[PURPOSE_LABELS];
	assert_true(labels->width_mm == sheet_label_40x30.width_mm);
	assert_true(labels->height_mm == sheet_label_40x30.height_mm);
	assert_true(labels->dots == labels->width_mm * SHEET_DOTS_PER_MM);
}

TEST(every_key_is_read, none)
{
	CONFIG(c);

	parse_ok("[kiosk]\ndir = /srv/jiaplus\nlanguage = en\ntheme = large\nlogo = /srv/logo.png\n"
		 "big-words = /srv/face.hex\nstation = 12\nsound = no\n[camera]\ndevice = "
		 "/dev/video3\nsize = 640x480\n"
		 "[scanner]\ndevice = /dev/input/by-id/x\n[print]\nserver = localhost:6310\n"
		 "[receipt]\nmode = escpos\nqueue = till@pi:631\nwidth = 80\nheight=0\ndots = 576\n"
		 "[labels]\nmode=raw\nqueue=/dev/usb/lp0\nwidth = 57.5\nheight = 30.25\n"
		 "[office-a4]\nmode = cups\nqueue = ipp://printer.local:631/ipp/print\n",
		&c);
	assert_string_equal(c.dir, "/srv/jiaplus");
	assert_string_equal(c.language, "en");
	assert_string_equal(c.theme, "large");
	assert_string_equal(c.logo, "/srv/logo.png");
	assert_string_equal(c.face, "/srv/face.hex");
	assert_int_equal(c.station, 12);
	assert_false(c.has_sound);
	assert_string_equal(c.camera, "/dev/video3");
	assert_int_equal(c.camera_width, 640);
	assert_int_equal(c.camera_height, 480);
	assert_string_equal(c.scanner, "/dev/input/by-id/x");
	assert_string_equal(c.cups_server, "localhost:6310");
	const struct print_queue_config *q = c.queues;
	assert_int_equal(q[PURPOSE_RECEIPT].mode, PRINT_ESCPOS);
	assert_string_equal(q[PURPOSE_RECEIPT].queue, "till@pi:631");
	assert_true(q[PURPOSE_RECEIPT].width_mm == 80);
	assert_int_equal(q[PURPOSE_RECEIPT].dots, 576);
	assert_int_equal(q[PURPOSE_LABELS].mode, PRINT_RAW);
	assert_true(q[PURPOSE_LABELS].width_mm == 57.5);
	assert_true(q[PURPOSE_LABELS].height_mm == 30.25);
	assert_string_equal(q[PURPOSE_OFFICE_A4].queue, "ipp://printer.local:631/ipp/print");
}

TEST(blanks_comments_bom_and_crlf_do_no_harm, none)
{
	CONFIG(c);

	parse_ok("\xEF\xBB\xBF# 本机\r\n\t[kiosk]\r\n  station\t=  3  ; der Tresen\r\n"
		 "   theme = dark\r\n; end",
		&c);
	assert_int_equal(c.station, 3);
	assert_string_equal(c.theme, "dark");
}

TEST(sections_may_come_in_parts, none)
{
	CONFIG(c);

	parse_ok("[kiosk]\nstation = 2\n[camera]\ndevice=none\n[kiosk]\ntheme = dark\n", &c);
	assert_int_equal(c.station, 2);
	assert_string_equal(c.theme, "dark");
}

/* ---- what is refused ---- */

TEST(unknown_words_are_named_with_file_and_line, none)
{
	assert_fault("[kiosk]\n\ndevise = 1\n",
		"kiosk.conf:3: unknown key \"devise\" in [kiosk]; allowed: dir, language, theme, "
		"logo, big-words, station, sound");
	assert_fault("\n[camra]\n",
		"kiosk.conf:2: unknown section [camra]; allowed: kiosk, "
		"camera, scanner, print, backup, receipt, office-a4, office-a3, labels");
	assert_fault("station = 1\n[kiosk]\n",
		"kiosk.conf:1: \"station\" stands before the first [section]");
	assert_fault("[kiosk]\nstation 1\n",
		"kiosk.conf:2: neither [section], nor key = value, nor # comment");
	assert_fault("[kiosk\nstation = 1\n",
		"kiosk.conf:1: neither [section], nor key = value, nor # comment");
	assert_fault("[kiosk]\n[receipt]\nsound = yes\n",
		"kiosk.conf:3: unknown key \"sound\" in [receipt]; allowed: mode, queue, width, "
		"height, dots");
}

TEST(the_first_of_several_faults_is_told, none)
{
	assert_fault("[kiosk]\nstation = 0\nnonsense\ntheme = x\n",
		"kiosk.conf:2: station = 0; allowed: 1 to 999");
	assert_fault("[kiosk]\nnonsense\nstation = 0\n",
		"kiosk.conf:2: neither [section], nor key = value, nor # comment");
}

TEST(a_key_given_twice_is_refused, none)
{
	assert_fault("[kiosk]\nstation = 1\ntheme = dark\nstation = 1\n",
		"kiosk.conf:4: station is given twice; first in line 2");
}

TEST(values_out_of_range_are_refused, none)
{
	static const char *const bad[] = {
		"[kiosk]\ndir = relative/path",
		"[kiosk]\nlanguage = de",
		"[kiosk]\nlanguage =",
		"[kiosk]\ntheme = Dark",
		"[kiosk]\nlogo = logo.png",
		"[kiosk]\nstation = 0",
		"[kiosk]\nstation = 1000",
		"[kiosk]\nstation = -1",
		"[kiosk]\nstation = 1.5",
		"[kiosk]\nstation = 99999999999999999999",
		"[kiosk]\nstation =",
		"[kiosk]\nsound = on",
		"[camera]\ndevice = video0",
		"[camera]\ndevice =",
		"[camera]\nsize = 1280",
		"[camera]\nsize = 1280x",
		"[camera]\nsize = x720",
		"[camera]\nsize = 1280x720x3",
		"[camera]\nsize = 100x720",
		"[camera]\nsize = 1280x9000",
		"[scanner]\ndevice = auto",
		"[print]\nserver = :631",
		"[print]\nserver = a b",
		"[receipt]\nmode = pdf",
		"[receipt]\nwidth = 0",
		"[receipt]\nwidth = 19.99",
		"[receipt]\nwidth = 1200.01",
		"[receipt]\nwidth = 58.123",
		"[receipt]\nwidth = 58,5",
		"[receipt]\nwidth = 58.",
		"[receipt]\nwidth = .5",
		"[receipt]\nwidth = nan",
		"[receipt]\nwidth = 1e2",
		"[receipt]\nwidth = -58",
		"[receipt]\nwidth = 58mm",
		"[receipt]\nwidth = 99999999999999999999",
		"[receipt]\nheight = 5",
		"[receipt]\ndots = 100",
		"[receipt]\ndots = 8",
		"[receipt]\ndots = 5000",
		"[receipt]\nmode = cups",
		"[receipt]\nmode = cups\nqueue = /dev/usb/lp0",
		"[receipt]\nmode = cups\nqueue = two words",
		"[receipt]\nmode = raw",
		"[receipt]\nmode = raw\nqueue = lp0",
		"[receipt]\nmode = file\nqueue = printed",
		"[office-a4]\nmode = raw\nqueue = /dev/usb/lp0",
	};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct err err = { 0 };
		struct config config;
		if (config_parse(bad[i], "kiosk.conf", &config, &err) != ERR_INVALID)
			fail_msg("accepted: %s", bad[i]);
		/* Either the last line or the one that gave the mode is at fault; both are
		 * named. */
		assert_int_equal(strncmp(err.detail, "kiosk.conf:", 11), 0);
		assert_true(err.detail[11] == '2' || err.detail[11] == '3');
	}
}

TEST(a_value_is_shown_with_what_is_allowed, none)
{
	assert_fault("[camera]\nsize = big\n",
		"kiosk.conf:2: size = big; allowed: WIDTHxHEIGHT, each 120 to 8192");
	assert_fault("[receipt]\nmode = escpos\n",
		"kiosk.conf:2: queue =  in [receipt]; allowed: for "
		"cups and escpos NAME, NAME@HOST:PORT or an "
		"ipp:// URI");
	assert_fault("[receipt]\nmode = escpos\nqueue = till\ndots = 0\n",
		"kiosk.conf:4: dots = 0 in [receipt]; escpos and raw need the print head's dots, "
		"384 or 576");
}

TEST(what_could_act_on_a_terminal_is_never_repeated, none)
{
	assert_fault("[kiosk]\ntheme = \x1b[2J\n", "kiosk.conf:2: a control character");
	assert_fault("[kiosk]\n\xE2\x80\xAE = 1\n", "kiosk.conf:2: a control character");
	assert_fault("[\x07]\n", "kiosk.conf:1: a control character");
	assert_fault("[kiosk]\ntheme = \xD5\xC5\n", "kiosk.conf:2: this line is not UTF-8");
}

TEST(a_line_that_is_too_long_is_not_read_by_halves, none)
{
	char text[600] = "[kiosk]\ndir = /";

	size_t head = strlen(text);
	memset(text + head, 'x', 300);
	assert_fault(text, "kiosk.conf:2: this line is too long; at most 199 bytes");
	/* The longest allowed line is read completely. */
	CONFIG(c);
	text[strlen("[kiosk]\n") + 199] = '\0';
	parse_ok(text, &c);
	assert_int_equal(strlen(c.dir), 199 - strlen("dir = "));
}

TEST(a_message_fits_a_reason_by_leaving_the_folder_out, none)
{
	struct err err = { 0 };
	struct config config;
	const char *name =
		"/a/very/long/path/to/the/folder/of/the/configuration/of/this/kiosk.conf";

	assert_int_equal(config_parse("[kiosk]\nstation = 0\n", name, &config, &err), ERR_INVALID);
	assert_string_equal(err.reasons[0].text, "kiosk.conf:2: station = 0; allowed: 1 to 999");
	assert_int_equal(strncmp(err.detail, name, strlen(name)), 0);
	assert_int_equal(
		config_parse("[kiosk]\nstation = 0\n", "/etc/k.conf", &config, &err), ERR_INVALID);
	assert_string_equal(err.reasons[0].text, "/etc/k.conf:2: station = 0; allowed: 1 to 999");
}

/* ---- files ---- */

TEST(the_named_file_must_exist, none)
{
	struct err err = { 0 };
	struct config config;

	assert_int_equal(config_load("/nowhere/kiosk.conf", &config, &err), ERR_NOT_FOUND);
	assert_int_equal(err.reasons[0].code, REASON_FILE_MISSING);
	assert_string_equal(err.reasons[0].text, "/nowhere/kiosk.conf");
	assert_int_equal(config_load("/tmp", &config, &err), ERR_INVALID);
	assert_int_equal(err.reasons[0].code, REASON_FILE_UNREADABLE);
}

TEST(the_environment_names_the_file_unless_an_option_does, none)
{
	struct err err = { 0 };
	static const char one[] = "[kiosk]\nstation = 1\n", two[] = "[kiosk]\nstation = 2\n";
	CLEANUP(file_finish) struct file a = file_with(one, strlen(one));
	CLEANUP(file_finish) struct file b = file_with(two, strlen(two));
	CONFIG(by_env);
	CONFIG(by_option);

	setenv("JIAPLUS_CONFIG", b.path, 1);
	assert_ok(config_load(NULL, &by_env, &err), &err);
	assert_int_equal(by_env.station, 2);
	assert_string_equal(by_env.path, b.path);
	assert_ok(config_load(a.path, &by_option, &err), &err);
	assert_int_equal(by_option.station, 1);
	setenv("JIAPLUS_CONFIG", "/nowhere", 1);
	assert_int_equal(config_load(NULL, &by_env, &err), ERR_NOT_FOUND);
	unsetenv("JIAPLUS_CONFIG");
}

TEST(an_empty_file_means_the_defaults, none)
{
	struct err err = { 0 };
	CLEANUP(file_finish) struct file file = file_with("", 0);
	CONFIG(config);

	assert_ok(config_load(file.path, &config, &err), &err);
	assert_int_equal(config.station, 1);
}

TEST(a_nul_in_the_file_is_refused, none)
{
	struct err err = { 0 };
	struct config config;
	CLEANUP(file_finish) struct file file = file_with("[kiosk]\n\0nonsense", 17);

	assert_int_equal(config_load(file.path, &config, &err), ERR_INVALID);
	assert_int_equal(err.reasons[0].code, REASON_FILE_BAD);
}

TEST(a_file_without_end_is_refused, none)
{
	struct err err = { 0 };
	struct config config;

	assert_int_equal(config_load("/dev/zero", &config, &err), ERR_INVALID);
	assert_int_equal(err.reasons[0].code, REASON_FILE_TOO_LARGE);
}
