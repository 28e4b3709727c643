#include "tui/verbs/call.h"

#include <assert.h>
#include <limits.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/site/setting.h"
#include "core/store/act_reasons.h"
#include "core/store/clock_doubt.h"
#include "core/store/own_files.h"
#include "core/store/reasons.h"
#include "core/words.h"
#include "tui/i18n.h"

static const struct verb_option common[] = {
	{ "dir", { OPERAND_TEXT, .word = N_("DIR") },
		N_("Folder of the database, its keys and printed files") },
	{ "config", { OPERAND_FILE }, N_("Read this kiosk.conf") },
	{ "lang", { OPERAND_TEXT, .word = "zh_CN|en" }, N_("Language of what is said") },
	{ "help", NO_VALUE, N_("Say what this does") },
	{ "version", NO_VALUE, N_("Say which version this is") },
	{ 0 },
};
static const struct verb_option for_lists[] = {
	{ "json", NO_VALUE, N_("One array of objects instead of columns") },
	{ 0 },
};
static const struct verb_option for_staff[] = {
	{ "as", { OPERAND_TEXT, .word = N_("STAFF") },
		N_("Who does this: a staff code; the PIN is asked for") },
	{ "pin-file", { OPERAND_FILE },
		N_("Read the PIN, or a service account's token, from a file") },
	{ "clock-ok", NO_VALUE, N_("The computer's clock is right although it is doubted") },
	{ 0 },
};
static const struct verb_option for_acts[] = {
	{ "key", { OPERAND_TEXT, .word = N_("KEY") },
		N_("Any word: with the same one this happens once") },
	{ 0 },
};

static const struct verb_option for_outputs[] = {
	{ "replace", NO_VALUE, N_("A file of this name may be replaced") },
	{ 0 },
};

static void know_all(struct call *call, const struct verb_option *options)
{
	for (; options && options->name; options++) {
		assert(call->known_count < CALL_OPTIONS_MAX);
		call->known[call->known_count++] = options;
	}
}

void call_know(struct call *call, const struct verb *verb)
{
	call->verb = verb;
	if (verb) {
		know_all(call, verb->options);
		know_all(call, verb->takes & VERB_JSON ? for_lists : NULL);
		know_all(call, verb->takes & VERB_STAFF ? for_staff : NULL);
		know_all(call, verb->takes & VERB_KEY ? for_acts : NULL);
		know_all(call, verb->takes & VERB_OUTPUT ? for_outputs : NULL);
	}
	know_all(call, common);
}

void call_finish(struct call *call)
{
	table_destroyp(&call->table);
	db_close(TAKE(call->db));
	numbers_finish(&call->numbers);
}

struct context *call_context(struct call *call)
{
	return call->context;
}

int64_t call_now(const struct call *call)
{
	return call->context ? clock_now(call->context->clock) : clock_now(&clock_system);
}

int call_count(const struct call *call)
{
	return call->argc;
}

const char *call_operand(const struct call *call, int index)
{
	assert(index >= 0 && index < call->argc);
	return call->argv[index];
}

char *call_rest(const struct call *call, int from)
{
	char *text = mem_text("");

	for (int i = from; i < call->argc; i++) {
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s", before, *before ? " " : "", call->argv[i]);
	}
	return text;
}

const char *call_option(const struct call *call, const char *name)
{
	for (int i = 0; i < call->known_count; i++)
		if (strcmp(call->known[i]->name, name) == 0)
			return call->values[i];
	return NULL;
}

bool call_has(const struct call *call, const char *name)
{
	return call_option(call, name) != NULL;
}

bool call_is_json(const struct call *call)
{
	return call_has(call, "json");
}

/* If it cannot be read, the verb itself reports that. */
static void watch_clock(struct db *db)
{
	int64_t far_days = setting_table[SETTING_CLOCK_FAR_DAYS].initial;
	struct err ignored = { 0 };

	setting_int(db, SETTING_CLOCK_FAR_DAYS, &far_days, &ignored);
	db_watch_clock(db, (int)far_days);
}

bool call_takes(const struct call *call, int what)
{
	return (call->verb->takes & what) == what;
}

int call_db(struct call *call, struct err *err)
{
	if (call->db)
		return 0;
	CLEANUP(mem_free) char *path = context_database(call->context);
	TRY(db_open(path, DB_OPEN, call->context->clock, &call->db, err));
	db_set_station(call->db, call->context->config.station);
	watch_clock(call->db);
	return 0;
}

/* ---- before it runs ---- */

static int check_count(struct call *call, struct err *err)
{
	int min = 0, max = 0;

	(void)err;
	for (const struct operand *operand = call->verb->operands; operand->type; operand++) {
		min += operand_is_needed(operand);
		max = operand_is_repeated(operand) ? INT_MAX : max + 1;
	}
	if (call->argc < min)
		return call_usage(call, _("something is missing behind %s"), call->verb->name);
	if (call->argc > max)
		return call_usage(call, _("too much: %s"), call->argv[max]);
	return 0;
}

/* A list of numbers becomes one operand for each. */
static int write_out_numbers(struct call *call, struct err *err)
{
	for (int i = 0; i < call->argc; i++) {
		if (operand_takes_numbers(call_operand_type(call, i)))
			TRY(numbers_add(&call->numbers, call->argv[i], err));
		else
			numbers_add_text(&call->numbers, call->argv[i]);
	}
	call->argc = call->numbers.count;
	call->argv = call->numbers.texts;
	return 0;
}

/* Before anything happens: output overwrites neither the venue's own files nor others without
 * --replace. */
static int check_outputs(struct call *call, struct err *err)
{
	const char *dir = call->context->dir;
	bool may_replace = call_has(call, "replace");

	for (int i = 0; i < call->known_count; i++)
		if (call->known[i]->output && call->values[i])
			TRY(output_check(dir, call->values[i],
				may_replace || call->known[i]->output == OUTPUT_REDRAWN, err));
	return call_takes(call, VERB_OUTPUT) && call->argc > 0
		       ? output_check(dir, call->argv[call->argc - 1], may_replace, err)
		       : 0;
}

static int check_service(struct call *call, struct err *err)
{
	return call_is_beyond_service(call, err) ? ERR_REFUSED : 0;
}

static int open_database(struct call *call, struct err *err)
{
	return call_takes(call, VERB_NO_DB) ? 0 : call_db(call, err);
}

static int read_at_once(struct call *call, struct err *err)
{
	return call_read(call, OPERAND_AT_ONCE, err);
}

static int read_times(struct call *call, struct err *err)
{
	return call_read(call, OPERAND_IN_ZONE, err);
}

static int look_up(struct call *call, struct err *err)
{
	return call_read(call, OPERAND_BY_NAME, err);
}

static int begin_table(struct call *call, struct err *err)
{
	const struct verb_columns *columns = &call->verb->columns;

	(void)err;
	if (columns->rows)
		call_table(call, columns->rows, columns->count);
	return 0;
}

int call_begin(struct call *call, struct err *err)
{
	/* Wrong use is reported before anybody types a PIN; names are looked up only for those who
	 * may. */
	static int (*const steps[])(struct call *, struct err *) = {
		check_service,
		check_count,
		write_out_numbers,
		check_outputs,
		read_at_once,
		open_database,
		read_times,
		call_know_staff,
		look_up,
		begin_table,
	};

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		int r = steps[i](call, err);
		if (r != 0)
			return r;
	}
	return 0;
}

/* ---- the table ---- */

void call_table(struct call *call, const struct table_column *columns, int count)
{
	table_destroyp(&call->table);
	call->table = table_create(columns, count);
}

void call_print(struct call *call)
{
	if (!call->table || call->is_printed)
		return;
	if (call->verb->is_record)
		table_print_record(call->table, call_is_json(call));
	else
		table_print(call->table, call_is_json(call));
	call->is_printed = true;
}

void call_print_csv(struct call *call)
{
	table_print_csv(call->table);
	call->is_printed = true;
}

/* ---- what is said ---- */

/* Text from the command line or a file is shown without anything that could control a terminal. */
static void complain(const char *line)
{
	CLEANUP(mem_free) char *safe = text_fit(line, 4096);

	fprintf(stderr, "jiaplus: %s\n", safe);
}

int call_usage(const struct call *call, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	CLEANUP(mem_free) char *line = mem_vprintf(fmt, args);
	va_end(args);
	complain(line);
	if (call->verb) {
		CLEANUP(mem_free) char *usage = verb_usage(call->verb);
		fprintf(stderr, _("usage: jiaplus %s %s\n"), call->verb->name, usage);
	}
	return EXIT_USAGE;
}

/* The technical detail helps if a machine or a file is at fault; rules explain themselves. */
static bool detail_helps(enum err_code code)
{
	return code == ERR_STORAGE || code == ERR_DEVICE || code == ERR_INVALID ||
	       code == ERR_UNSURE;
}

/* If an option or a value in kiosk.conf is malformed, that is wrong use; if it is data to be stored
 * (a name, a code, a file's content), it is refused. */
static bool is_wrong_use(const struct err *err)
{
	static const int reasons[] = {
		REASON_OPERAND_BAD,
		REASON_NUMBERS_BAD,
		REASON_NUMBER_BAD,
		REASON_NUMBER_RANGE,
		REASON_DATE_BAD,
		REASON_WEEK_BAD,
		REASON_MONTH_BAD,
		REASON_ZONE_UNKNOWN,
		REASON_CONFIG_BAD,
	};

	for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
		if (err_has(err, reasons[i]))
			return true;
	return false;
}

static enum exit_code exit_of(const struct err *err)
{
	switch (err->code) {
	case ERR_NONE:
		return EXIT_DONE;
	case ERR_NOT_FOUND:
		return err_has(err, REASON_STORE_MISSING) ? EXIT_STORAGE : EXIT_REFUSED;
	case ERR_REFUSED:
		return EXIT_REFUSED;
	case ERR_INVALID:
		return is_wrong_use(err) ? EXIT_USAGE : EXIT_REFUSED;
	case ERR_BUSY:
	case ERR_STORAGE:
	case ERR_UNSURE:
		return EXIT_STORAGE;
	case ERR_DEVICE:
		return EXIT_DEVICE;
	}
	return EXIT_STORAGE;
}

/* A commit that failed may be durable nevertheless (doc/facts.md, SQLite): the journal knows. */
static struct err settle(const struct call *call, const struct err *err)
{
	struct err settled = *err, ignored;
	int64_t result;

	if (err->code != ERR_UNSURE || !call->db)
		return settled;
	int happened = act_recheck(call->db, call->act.key, &result, &ignored);
	if (happened < 0)
		return settled;
	if (happened)
		complain(_("this was kept, although the disk reported a fault"));
	settled.code = ERR_STORAGE;
	settled.reason_count--; /* STORE_UNSURE, the last one */
	return settled;
}

/* English, whatever the language: separate from the sentence, and marked so. */
static void complain_technical(const char *detail)
{
	if (!*detail)
		return;
	CLEANUP(mem_free) char *line = mem_printf(_("for a technician: %s"), detail);
	complain(line);
}

int call_complain(struct call *call, const char *about, const struct err *unsettled)
{
	const struct err err = settle(call, unsettled);
	CLEANUP(mem_free) char *lines = words_err(&err, call_now(call));
	bool has_detail = err.detail[0] && detail_helps(err.code);
	char *rest = lines;

	for (char *line; (line = strsep(&rest, "\n"));) {
		CLEANUP(mem_free)
		char *whole = mem_printf("%s%s%s", about ? about : "", about ? ": " : "", line);
		complain(whole);
	}
	if (err_has(&err, REASON_CLOCK_BEHIND) || err_has(&err, REASON_CLOCK_AHEAD))
		complain(_("if the clock is right, say so with --as STAFF --clock-ok"));
	for (int i = 0; i < err.reason_count; i++)
		if (!has_detail)
			complain_technical(words_technical(&err.reasons[i]));
	if (has_detail)
		complain_technical(err.detail);
	return exit_of(&err);
}
