/* doctor: what is wrong with this machine, one line each with its remedy. */
#include "core/audit/doctor.h"
#include "core/base/reason_name.h"

#include "core/base/mem.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

static const char *const check_names[DOCTOR_CHECK_COUNT] = {
	[DOCTOR_FOLDER] = "folder",
	[DOCTOR_FILES] = "files",
	[DOCTOR_SPACE] = "space",
	[DOCTOR_DATABASE] = "database",
	[DOCTOR_CHAIN] = "chain",
	[DOCTOR_KEYS] = "keys",
	[DOCTOR_CLOCK] = "clock",
	[DOCTOR_PRINTER] = "printer",
	[DOCTOR_CAMERA] = "camera",
};

static const char *const check_words[DOCTOR_CHECK_COUNT] = {
	[DOCTOR_FOLDER] = N_("Folder"),
	[DOCTOR_FILES] = N_("Rights of files"),
	[DOCTOR_SPACE] = N_("Space on the disk"),
	[DOCTOR_DATABASE] = N_("Database"),
	[DOCTOR_CHAIN] = N_("Records"),
	[DOCTOR_KEYS] = N_("Key of the PINs"),
	[DOCTOR_CLOCK] = N_("Date and time"),
	[DOCTOR_PRINTER] = NULL, /* of its purpose */
	[DOCTOR_CAMERA] = N_("Camera"),
};

static const char *const printer_words[PURPOSE_COUNT] = {
	[PURPOSE_RECEIPT] = N_("Receipt printer"),
	[PURPOSE_OFFICE_A4] = N_("Printer for A4"),
	[PURPOSE_OFFICE_A3] = N_("Printer for A3"),
	[PURPOSE_LABELS] = N_("Label printer"),
};

static const char *const verdict_names[DOCTOR_VERDICT_COUNT] = {
	[DOCTOR_WELL] = "well",
	[DOCTOR_WARNS] = "warns",
	[DOCTOR_FAILS] = "fails",
};
static const char *const verdict_marks[DOCTOR_VERDICT_COUNT] = {
	[DOCTOR_WELL] = "✓",
	[DOCTOR_WARNS] = "!",
	[DOCTOR_FAILS] = "✗",
};

static const struct table_column columns[] = {
	{ "verdict", NULL, false },
	{ "check", N_("What was looked at"), false },
	{ "reason", NULL, false },
	{ "text", N_("How it is, and what helps"), false },
};

static const char *words_of(const struct doctor_line *line)
{
	return line->check == DOCTOR_PRINTER ? _(printer_words[line->purpose])
					     : _(check_words[line->check]);
}

static void put_line(struct table *table, const struct doctor_line *line, int64_t now)
{
	bool is_well = line->reason.code == REASON_NONE;
	CLEANUP(mem_free)
	char *text = is_well ? mem_text(_("in order")) : words_reason_line(&line->reason, now);
	CLEANUP(mem_free)
	char *what = mem_printf("%s %s", verdict_marks[line->verdict], words_of(line));

	table_text(table, verdict_names[line->verdict]);
	table_word(table, check_names[line->check], what);
	table_text(table, is_well ? NULL : reason_name(line->reason.code));
	table_text(table, text);
}

/* What keeps the kiosk from running safely is a fault of storage; devices only warn. */
static int doctor(struct call *call, struct err *err)
{
	CLEANUP(doctor_report_finish) struct doctor_report report = { 0 };
	const struct context *context = call_context(call);
	const struct doctor_options options = {
		.dir = context->dir, .config = &context->config, .clock = context->clock
	};
	int code = EXIT_DONE;

	(void)err;
	doctor_run(&options, &report);
	for (int i = 0; i < report.count; i++) {
		put_line(call->table, &report.rows[i], call_now(call));
		if (report.rows[i].verdict == DOCTOR_FAILS)
			code = EXIT_STORAGE;
	}
	call_print(call);
	return code;
}

const struct verb doctor_verbs[] = {
	{
		.name = "doctor",
		.help = N_("Look what is wrong with folder, files, disk, clock, printers, camera"),
		.takes = VERB_NO_DB | VERB_JSON,
		.columns = COLUMNS(columns),
		.run = doctor,
	},
	{ 0 },
};
