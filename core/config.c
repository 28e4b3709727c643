#include "core/config.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"

#define SYSTEM_PATH "/etc/jiaplus/kiosk.conf"
#define FILE_MAX    (256 << 10)
#define BOM         "\xEF\xBB\xBF"

const char *const print_purpose_names[PURPOSE_COUNT] = {
	[PURPOSE_RECEIPT] = "receipt",
	[PURPOSE_OFFICE_A4] = "office-a4",
	[PURPOSE_OFFICE_A3] = "office-a3",
	[PURPOSE_LABELS] = "labels",
};

/* ---- what may stand in the file ---- */

enum kind {
	KIND_PATH,   /* absolute; empty is NULL */
	KIND_DEVICE, /* absolute, or one of the words in `choices` */
	KIND_SERVER, /* host:port or an absolute path; empty is NULL */
	KIND_QUEUE,  /* its meaning depends on the queue's mode; empty is NULL */
	KIND_WORD,   /* one of the words in `choices`, kept as text */
	KIND_ENUM,   /* the same, kept as its index */
	KIND_SWITCH, /* yes or no */
	KIND_NUMBER, /* an int in [min, max] */
	KIND_DOTS,   /* an int in [min, max] that is 0 or whole bytes of dots */
	KIND_LENGTH, /* millimetres in [min, max], at most two decimals; 0 where `has_zero` */
	KIND_SIZE,   /* WIDTHxHEIGHT into two ints that follow one another */
};

#define CHOICES_MAX 6

struct key {
	const char *section, *name;
	enum kind kind;
	size_t offset; /* in struct config */
	int min, max;
	bool has_zero;
	const char *allowed; /* in words, for the message */
	const char *choices[CHOICES_MAX];
};

#define AT(member)        .offset = offsetof(struct config, member)
#define IN(from, to)      .min = (from), .max = (to)
#define Q(purpose, field) AT(queues[PURPOSE_##purpose].field)

#define QUEUE_KEYS(s, purpose)                                                                     \
	{ s, "mode", KIND_ENUM, Q(purpose, mode), .allowed = "file, cups, escpos or raw",          \
		.choices = { "file", "cups", "escpos", "raw" } },                                  \
		{ s, "queue", KIND_QUEUE, Q(purpose, queue),                                       \
			.allowed = "a queue, NAME@HOST:PORT, an ipp:// URI or a path" },           \
		{ s, "width", KIND_LENGTH, Q(purpose, width_mm), IN(20, 1200),                     \
			.allowed = "millimetres, 20 to 1200" },                                    \
		{ s, "height", KIND_LENGTH, Q(purpose, height_mm), IN(10, 2000), .has_zero = true, \
			.allowed = "millimetres, 10 to 2000, or 0 for a roll" },                   \
	{                                                                                          \
		s, "dots", KIND_DOTS, Q(purpose, dots), IN(64, 4096),                              \
			.has_zero = true, .allowed = "a multiple of 8, 64 to 4096, or 0"           \
	}

static const struct key keys[] = {
	{ "kiosk", "dir", KIND_PATH, AT(dir), .allowed = "a path that begins with /, or nothing" },
	{ "kiosk", "language", KIND_WORD, AT(language), .allowed = "zh_CN or en",
		.choices = { "zh_CN", "en" } },
	{ "kiosk", "theme", KIND_WORD, AT(theme), .allowed = "light, dark or large",
		.choices = { "light", "dark", "large" } },
	{ "kiosk", "logo", KIND_PATH, AT(logo),
		.allowed = "a path that begins with /, or nothing" },
	{ "kiosk", "big-words", KIND_DEVICE, AT(face),
		.allowed = "auto, none or a path that begins with /",
		.choices = { "auto", "none" } },
	{ "kiosk", "station", KIND_NUMBER, AT(station), IN(1, 999), .allowed = "1 to 999" },
	{ "kiosk", "sound", KIND_SWITCH, AT(has_sound), .allowed = "yes or no" },
	{ "camera", "device", KIND_DEVICE, AT(camera),
		.allowed = "auto, none or a path that begins with /",
		.choices = { "auto", "none" } },
	{ "camera", "size", KIND_SIZE, AT(camera_width), IN(120, 8192),
		.allowed = "WIDTHxHEIGHT, each 120 to 8192" },
	{ "scanner", "device", KIND_DEVICE, AT(scanner),
		.allowed = "none or a path that begins with /", .choices = { "none" } },
	{ "print", "server", KIND_SERVER, AT(cups_server),
		.allowed = "HOST:PORT, a path that begins with /, or nothing" },
	{ "print", "stick", KIND_DEVICE, AT(stick),
		.allowed = "auto, none or a path that begins with /",
		.choices = { "auto", "none" } },
	{ "backup", "keep", KIND_SWITCH, AT(keeps_backups), .allowed = "yes or no" },
	{ "backup", "folder", KIND_PATH, AT(backup_folder),
		.allowed = "a path that begins with /, or nothing" },
	QUEUE_KEYS("receipt", RECEIPT),
	QUEUE_KEYS("office-a4", OFFICE_A4),
	QUEUE_KEYS("office-a3", OFFICE_A3),
	QUEUE_KEYS("labels", LABELS),
};

#define KEY_COUNT ARRAY_LEN(keys)

static_assert(offsetof(struct config, camera_height) ==
		      offsetof(struct config, camera_width) + sizeof(int),
	"KIND_SIZE writes both");

/* ---- defaults ---- */

void config_init(struct config *config)
{
	*config = (struct config){
		.language = mem_text("zh_CN"),
		.theme = mem_text("light"),
		.face = mem_text("auto"),
		.station = 1,
		.has_sound = true,
		.keeps_backups = true,
		.camera = mem_text("auto"),
		.camera_width = 1280,
		.camera_height = 720,
		.scanner = mem_text("none"),
		.stick = mem_text("auto"),
		.queues = {
			[PURPOSE_RECEIPT] = { .width_mm = 58, .dots = 384 },
			[PURPOSE_OFFICE_A4] = { .width_mm = 210, .height_mm = 297 },
			[PURPOSE_OFFICE_A3] = { .width_mm = 297, .height_mm = 420 },
			[PURPOSE_LABELS] = { .width_mm = 40, .height_mm = 30, .dots = 320 },
		},
	};
}

void config_finish(struct config *config)
{
	free(config->path);
	free(config->dir);
	free(config->language);
	free(config->theme);
	free(config->logo);
	free(config->face);
	free(config->camera);
	free(config->scanner);
	free(config->stick);
	free(config->backup_folder);
	free(config->cups_server);
	for (int i = 0; i < PURPOSE_COUNT; i++)
		free(config->queues[i].queue);
	*config = (struct config){ 0 };
}

/* ---- values ---- */

static bool is_choice(const struct key *key, const char *value, int *ret_index)
{
	for (int i = 0; i < CHOICES_MAX && key->choices[i]; i++)
		if (strcmp(value, key->choices[i]) == 0) {
			*ret_index = i;
			return true;
		}
	return false;
}

static bool read_number(const struct key *key, const char *value, int *ret)
{
	struct err ignored = { 0 };
	long long n;

	if (text_integer(value, key->name, 0, INT_MAX, &n, &ignored) < 0)
		return false;
	if (!(n == 0 && key->has_zero) && (n < key->min || n > key->max))
		return false;
	*ret = (int)n;
	return true;
}

/* Not strtod: the decimal point is a point in every locale, and "nan" is no length. */
static bool read_length(const struct key *key, const char *value, double *ret)
{
	size_t whole = strspn(value, "0123456789"), part = 0;
	long hundredths = 0;

	if (value[whole] == '.')
		part = strspn(value + whole + 1, "0123456789");
	size_t end = whole + (value[whole] == '.' ? 1 + part : 0);
	if (whole == 0 || whole > 5 || part > 2 || value[end] || end == whole + 1)
		return false;
	for (size_t i = 0; i < whole; i++)
		hundredths = hundredths * 10 + (value[i] - '0');
	for (size_t i = 0; i < 2; i++)
		hundredths = hundredths * 10 + (i < part ? value[whole + 1 + i] - '0' : 0);
	if (!(hundredths == 0 && key->has_zero) &&
		(hundredths < key->min * 100L || hundredths > key->max * 100L))
		return false;
	*ret = (double)hundredths / 100;
	return true;
}

static bool read_size(const struct key *key, const char *value, int ret[2])
{
	const char *x = strchr(value, 'x');
	CLEANUP(mem_free) char *width = x ? mem_text_n(value, (size_t)(x - value)) : NULL;
	int size[2];

	if (!x || !read_number(key, width, &size[0]) || !read_number(key, x + 1, &size[1]))
		return false;
	memcpy(ret, size, sizeof(size));
	return true;
}

static bool is_server(const char *value)
{
	return value[0] == '/' ||
	       (value[0] != ':' && value[strspn(value, "abcdefghijklmnopqrstuvwxyz"
						       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
						       "0123456789.-_:[]")] == '\0');
}

static void replace(char **text, const char *value)
{
	free(*text);
	*text = value[0] ? mem_text(value) : NULL;
}

/* Stores `value` where the key says; false when it is not allowed. */
static bool store(const struct key *key, const char *value, struct config *config)
{
	void *to = (char *)config + key->offset;
	bool is_ok = true;
	int index;

	switch (key->kind) {
	case KIND_NUMBER:
		return read_number(key, value, to);
	case KIND_DOTS:
		return read_number(key, value, to) && *(int *)to % 8 == 0;
	case KIND_LENGTH:
		return read_length(key, value, to);
	case KIND_SIZE:
		return read_size(key, value, to);
	case KIND_SWITCH:
		*(bool *)to = strcmp(value, "yes") == 0;
		return *(bool *)to || strcmp(value, "no") == 0;
	case KIND_ENUM:
		if (!is_choice(key, value, &index))
			return false;
		*(enum print_mode *)to = (enum print_mode)index;
		return true;
	case KIND_PATH:
		is_ok = !value[0] || value[0] == '/';
		break;
	case KIND_DEVICE:
		is_ok = value[0] == '/' || is_choice(key, value, &index);
		break;
	case KIND_WORD:
		is_ok = is_choice(key, value, &index);
		break;
	case KIND_SERVER:
		is_ok = is_server(value);
		break;
	case KIND_QUEUE: /* depends on the mode: see queue_fault */
		break;
	}
	if (is_ok)
		replace(to, value);
	return is_ok;
}

/* ---- reading ---- */

struct reader {
	const char *name; /* of the file, for messages */
	const char *at;
	int line;
	int fault_line; /* of the first fault, or 0 */
	char *fault;
	int seen[KEY_COUNT]; /* the line that gave the key, or 0 */
	struct config *config;
};

static bool fault(struct reader *r, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static bool fault(struct reader *r, int line, const char *fmt, ...)
{
	va_list args;

	if (r->fault)
		return false;
	va_start(args, fmt);
	r->fault = mem_vprintf(fmt, args);
	va_end(args);
	r->fault_line = line;
	return false;
}

/* "a, b, c": the sections, or the keys of one. */
static char *list_allowed(const char *section)
{
	char *list = mem_text("");
	const char *last = "";

	for (size_t i = 0; i < KEY_COUNT; i++) {
		const char *word = section ? keys[i].name : keys[i].section;
		if ((section && strcmp(section, keys[i].section) != 0) || strcmp(word, last) == 0)
			continue;
		CLEANUP(mem_free) char *before = list;
		list = mem_printf("%s%s%s", before, before[0] ? ", " : "", word);
		last = word;
	}
	return list;
}

static bool section_is_known(const char *name, size_t len)
{
	for (size_t i = 0; i < KEY_COUNT; i++)
		if (strlen(keys[i].section) == len && memcmp(keys[i].section, name, len) == 0)
			return true;
	return false;
}

static const struct key *key_find(const char *section, const char *name)
{
	for (size_t i = 0; i < KEY_COUNT; i++)
		if (strcmp(keys[i].section, section) == 0 && strcmp(keys[i].name, name) == 0)
			return &keys[i];
	return NULL;
}

/* inih does not report sections without keys, so they are checked here. */
static bool check_section(struct reader *r, const char *line)
{
	const char *end = line[0] == '[' ? strchr(line, ']') : NULL;

	if (!end || section_is_known(line + 1, (size_t)(end - line - 1)))
		return true;
	CLEANUP(mem_free) char *allowed = list_allowed(NULL);
	return fault(r, r->line, "unknown section %.*s; allowed: %s", (int)(end + 1 - line), line,
		allowed);
}

/* The line as inih may see it: without anything that could control a terminal when a message quotes
 * it. */
static bool check_line(struct reader *r, const char *line, size_t len, size_t room)
{
	const struct text_limits limits = { "line", INT_MAX, true };
	struct err err = { 0 };
	CLEANUP(mem_free) char *text = NULL;

	if (text_accept(line, len, &limits, &text, &err) < 0)
		return fault(r, r->line,
			err_has(&err, REASON_TEXT_NOT_UTF8) ? "this line is not UTF-8"
							    : "a control character");
	if (len >= room)
		return fault(r, r->line, "this line is too long; at most %zu bytes", room - 1);
	return check_section(r, text);
}

/* inih's reader, fgets style. Blanks at the start are left out, because inih would take the line
 * for the continuation of the one before. */
static char *next_line(char *out, int room, void *data)
{
	struct reader *r = data;

	if (r->fault || *r->at == '\0')
		return NULL;
	size_t whole = strcspn(r->at, "\n");
	size_t blanks = strspn(r->at, " \t");
	const char *from = r->at + (blanks < whole ? blanks : whole);
	size_t len = whole - (size_t)(from - r->at);
	r->at += whole + (r->at[whole] == '\n');
	r->line++;
	if (len > 0 && from[len - 1] == '\r')
		len--;
	CLEANUP(mem_free) char *line = mem_text_n(from, len);
	for (char *tab = line; (tab = strchr(tab, '\t'));)
		*tab = ' ';
	if (!check_line(r, line, len, (size_t)room))
		return NULL;
	memcpy(out, line, len + 1);
	return out;
}

static int take_value(void *data, const char *section, const char *name, const char *value)
{
	struct reader *r = data;
	const struct key *key = key_find(section, name);

	if (r->fault)
		return 0;
	if (!key && section[0] == '\0')
		return fault(r, r->line, "\"%s\" stands before the first [section]", name);
	if (!key) {
		CLEANUP(mem_free) char *allowed = list_allowed(section);
		return fault(r, r->line, "unknown key \"%s\" in [%s]; allowed: %s", name, section,
			allowed);
	}
	int *seen = &r->seen[key - keys];
	if (*seen)
		return fault(r, r->line, "%s is given twice; first in line %d", name, *seen);
	*seen = r->line;
	if (!store(key, value, r->config))
		return fault(r, r->line, "%s = %s; allowed: %s", name, value, key->allowed);
	return 1;
}

/* ---- what must fit together ---- */

static const char *queue_fault(const struct print_queue_config *q)
{
	const char *queue = q->queue;

	switch (q->mode) {
	case PRINT_FILE:
		return !queue || queue[0] == '/' ? NULL : "a folder that begins with /, or nothing";
	case PRINT_RAW:
		if (!queue || queue[0] != '/')
			return "for raw a path that begins with /";
		break;
	case PRINT_CUPS:
	case PRINT_ESCPOS:
		if (!queue || queue[0] == '/' || strpbrk(queue, " #\"'"))
			return "for cups and escpos NAME, NAME@HOST:PORT or an ipp:// URI";
		break;
	case PRINT_MODE_COUNT:
		break;
	}
	return NULL;
}

static void check_queue(struct reader *r, enum print_purpose purpose)
{
	const char *section = print_purpose_names[purpose];
	const struct print_queue_config *q = &r->config->queues[purpose];
	int queue_line = r->seen[key_find(section, "queue") - keys];
	int mode_line = r->seen[key_find(section, "mode") - keys];
	int dots_line = r->seen[key_find(section, "dots") - keys];
	bool is_raster = q->mode == PRINT_ESCPOS || q->mode == PRINT_RAW;
	const char *allowed = queue_fault(q);

	if (allowed)
		fault(r, queue_line ? queue_line : mode_line, "queue = %s in [%s]; allowed: %s",
			q->queue ? q->queue : "", section, allowed);
	else if (is_raster && q->dots == 0)
		fault(r, dots_line ? dots_line : mode_line,
			"dots = 0 in [%s]; escpos and raw need the print head's dots, 384 or 576",
			section);
}

/* ---- the door ---- */

/* A reason has room for 95 bytes: the path is cut to the file's name when it does not fit. */
static int say(const struct reader *r, int line, const char *what, struct err *err)
{
	const char *slash = strrchr(r->name, '/');
	CLEANUP(mem_free) char *whole = mem_printf("%s:%d: %s", r->name, line, what);
	CLEANUP(mem_free)
	char *brief = mem_printf("%s:%d: %s", slash ? slash + 1 : r->name, line, what);
	const char *text = strlen(whole) < sizeof(err->reasons[0].text) ? whole : brief;

	return err_setf(err, ERR_INVALID, REASON_TEXT(CONFIG_BAD, text), "%s", whole);
}

int config_parse(const char *text, const char *name, struct config *ret, struct err *err)
{
	struct config config;
	struct reader r = { .name = name, .at = text, .config = &config };

	config_init(&config);
	if (strncmp(text, BOM, strlen(BOM)) == 0)
		r.at += strlen(BOM);
	int bad_line = ini_parse_stream(next_line, &r, take_value, &r);
	for (enum print_purpose p = 0; p < PURPOSE_COUNT && bad_line == 0; p++)
		check_queue(&r, p);
	int status = 0;
	if (bad_line > 0 && (!r.fault || bad_line < r.fault_line))
		status =
			say(&r, bad_line, "neither [section], nor key = value, nor # comment", err);
	else if (r.fault)
		status = say(&r, r.fault_line, r.fault, err);
	free(r.fault);
	if (status < 0)
		config_finish(&config);
	else
		*ret = config;
	return status;
}

static int file_error(const char *path, int code, struct err *err)
{
	enum err_code kind = code == REASON_FILE_MISSING ? ERR_NOT_FOUND : ERR_INVALID;

	return err_setf(
		err, kind, reason_with_text(code, path, 0), "%s: %s", path, strerror(errno));
}

/* The whole file, which must be text: a NUL would hide what follows it. */
static int read_file(const char *path, char **ret, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return file_error(path,
			errno == ENOENT || errno == ENOTDIR ? REASON_FILE_MISSING
							    : REASON_FILE_UNREADABLE,
			err);
	CLEANUP(mem_free) char *text = mem_alloc(FILE_MAX + 1);
	size_t len = 0;
	ssize_t n;
	while (len < FILE_MAX + 1 && (n = read(fd, text + len, FILE_MAX + 1 - len)) != 0) {
		if (n > 0)
			len += (size_t)n;
		else if (errno != EINTR)
			break;
	}
	int e = errno;
	close(fd);
	errno = e;
	if (len < FILE_MAX + 1 && n < 0)
		return file_error(path, REASON_FILE_UNREADABLE, err);
	errno = 0;
	if (len > FILE_MAX)
		return file_error(path, REASON_FILE_TOO_LARGE, err);
	if (memchr(text, '\0', len))
		return file_error(path, REASON_FILE_BAD, err);
	*ret = TAKE(text);
	return 0;
}

int config_load(const char *path, struct config *ret, struct err *err)
{
	const char *from_env = getenv("JIAPLUS_CONFIG");
	CLEANUP(mem_free) char *text = NULL;

	if (!path && from_env && from_env[0])
		path = from_env;
	if (!path && access(SYSTEM_PATH, F_OK) == 0)
		path = SYSTEM_PATH;
	if (!path) {
		config_init(ret);
		return 0;
	}
	int r = read_file(path, &text, err);
	if (r == 0)
		r = config_parse(text, path, ret, err);
	if (r == 0)
		ret->path = mem_text(path);
	return r;
}
