#include "tui/verbs/call.h"

#include <assert.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/site/setting.h"
#include "core/store/clock_doubt.h"
#include "core/store/reasons.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/pin.h"

static const struct verb_option common[] = {
	{ "dir", N_("DIR"), N_("Folder of the database, its keys and printed files") },
	{ "config", N_("FILE"), N_("Read this kiosk.conf") },
	{ "lang", "zh_CN|en", N_("Language of what is said") },
	{ "help", NULL, N_("Say what this does") },
	{ "version", NULL, N_("Say which version this is") },
	{ 0 },
};
static const struct verb_option for_lists[] = {
	{ "json", NULL, N_("One array of objects instead of columns") },
	{ 0 },
};
static const struct verb_option for_staff[] = {
	{ "as", N_("STAFF"), N_("Who does this: a staff code; the PIN is asked for") },
	{ "pin-file", N_("FILE"), N_("Read the PIN, or a service account's token, from a file") },
	{ "clock-ok", NULL, N_("The computer's clock is right although it is doubted") },
	{ 0 },
};
static const struct verb_option for_acts[] = {
	{ "key", N_("KEY"), N_("Any word: with the same one this happens once") },
	{ 0 },
};

static const struct verb_option for_outputs[] = {
	{ "replace", NULL, N_("A file of this name may be replaced") },
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

/* What cannot be read is told by whatever the verb is about. */
static void watch_clock(struct db *db)
{
	int64_t far_days = setting_table[SETTING_CLOCK_FAR_DAYS].initial;
	struct err ignored = { 0 };

	setting_int(db, SETTING_CLOCK_FAR_DAYS, &far_days, &ignored);
	db_watch_clock(db, (int)far_days);
}

int call_db(struct call *call, struct db **ret, struct err *err)
{
	if (!call->db) {
		CLEANUP(mem_free) char *path = context_database(call->context);
		TRY(db_open(path, DB_OPEN, call->context->clock, &call->db, err));
		db_set_station(call->db, call->context->config.station);
		watch_clock(call->db);
	}
	*ret = call->db;
	return 0;
}

bool call_is_beyond_service(struct call *call, struct err *err)
{
	const char *code = call_option(call, "as");
	struct err ignored = { 0 };
	struct staff staff;
	struct db *db;

	if (!code || call->verb->takes & VERB_SERVICE)
		return false;
	/* Whatever is wrong with it otherwise, the verb itself finds and says. */
	if (call_db(call, &db, &ignored) < 0 || staff_by_code(db, code, &staff, &ignored) < 0 ||
		staff.role != ROLE_SERVICE)
		return false;
	err_set(err, ERR_REFUSED, REASON(SERVICE_ONLY));
	return true;
}

static int check_pin(struct call *call, struct db *db, const char *code, struct err *err)
{
	struct pepper pepper;
	CLEANUP(pin_wipe) char *pin = NULL;

	TRY(pepper_open(call->context->dir, &pepper, err));
	const char *file = call_option(call, "pin-file");
	TRY(file ? pin_from_file(file, &pin, err) : pin_from_terminal(code, &pin, err));
	int r = staff_pin_check(db, code, pin, &pepper, &call->staff, err);
	sodium_memzero(&pepper, sizeof(pepper));
	return r;
}

/* Somebody has to have looked at it: a script has not. */
static int accept_clock(struct call *call, struct db *db, struct err *err)
{
	const struct act act = { .role = call->staff.role, .actor = call->staff.id };

	if (call->staff.role == ROLE_SERVICE)
		return call_usage(call, _("a service account cannot say that the clock is right"));
	return clock_accept(db, &act, err);
}

static int know_staff(struct call *call, struct err *err)
{
	const char *code = call_option(call, "as");
	struct db *db;

	if (call->is_staff_known)
		return 0;
	TRY(call_db(call, &db, err));
	TRY(staff_by_code(db, code, &call->staff, err));
	if (call->staff.role != ROLE_SERVICE) {
		TRY(check_pin(call, db, code, err));
	} else {
		const char *file = call_option(call, "pin-file");
		if (!file)
			return call_usage(call,
				_("%s is a service account: give its token with --pin-file"), code);
		TRY(staff_token_check(db, code, file, &call->staff, err));
	}
	call->is_staff_known = true;
	return call_has(call, "clock-ok") ? accept_clock(call, db, err) : 0;
}

int call_staff(struct call *call, struct act *ret, struct err *err)
{
	if (!call_has(call, "as"))
		return call_usage(call, _("this needs a member of staff: add --as STAFF"));
	int r = know_staff(call, err);
	if (r != 0)
		return r;
	*ret = (struct act){ .role = call->staff.role, .actor = call->staff.id };
	call_key(call, 0, ret->key);
	return 0;
}

int call_act(struct call *call, struct act *ret_act, struct db **ret_db, struct err *err)
{
	int r = call_staff(call, ret_act, err);
	if (r != 0)
		return r;
	ret_act->why = call_option(call, "why");
	ret_act->is_override = call_has(call, "override");
	return call_db(call, ret_db, err);
}

int call_is_staff(struct call *call, struct err *err)
{
	if (!call_has(call, "as"))
		return 0;
	int r = know_staff(call, err);
	return r == 0 ? 1 : r;
}

static void make_key(const char *word, int index, unsigned char ret[ACT_KEY_SIZE])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, ACT_KEY_SIZE);
	crypto_generichash_update(&state, (const unsigned char *)word, strlen(word) + 1);
	crypto_generichash_update(&state, (const unsigned char *)&index, sizeof(index));
	crypto_generichash_final(&state, ret, ACT_KEY_SIZE);
}

void call_key(struct call *call, int index, unsigned char ret[ACT_KEY_SIZE])
{
	const char *word = call_option(call, "key");

	if (word)
		make_key(word, index, call->key);
	else
		act_new_key(call->key);
	memcpy(ret, call->key, ACT_KEY_SIZE);
}

/* What comes from the command line or a file is shown without what could act on a terminal. */
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
	if (call->verb)
		fprintf(stderr, _("usage: jiaplus %s %s\n"), call->verb->name,
			verb_usage(call->verb));
	return EXIT_USAGE;
}

/* The technical detail helps where a machine or a file is at fault; rules explain themselves. */
static bool detail_helps(enum err_code code)
{
	return code == ERR_STORAGE || code == ERR_DEVICE || code == ERR_INVALID ||
	       code == ERR_UNSURE;
}

/* Malformed: what was typed as an option or set in kiosk.conf is wrong use; what somebody wants
 * kept (a name, a code, a file's content) is refused. */
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

/* A commit that failed may be durable all the same (doc/facts.md, SQLite): the journal knows. */
static struct err settle(const struct call *call, const struct err *err)
{
	struct err settled = *err, ignored;
	int64_t result;

	if (err->code != ERR_UNSURE || !call->db)
		return settled;
	int happened = act_recheck(call->db, call->key, &result, &ignored);
	if (happened < 0)
		return settled;
	if (happened)
		complain(_("this was kept, although the disk reported a fault"));
	settled.code = ERR_STORAGE;
	settled.reason_count--; /* STORE_UNSURE, the last one */
	return settled;
}

/* English, whatever the language: apart from the sentence, and marked so. */
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
