/* staff recover, print recovery: what the recovery sheet is for */
#include "tui/verbs/recovery.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/recover.h"
#include "core/base/mem.h"
#include "tui/i18n.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/pin.h"

/* ---- the words ---- */

/* Nine words, or until the input ends: a scanner sends a line, a person may type several. */
static int read_typed(struct recovery *ret, struct err *err)
{
	char text[2048] = "", line[512];
	struct err fault;

	if (isatty(STDIN_FILENO))
		fprintf(stderr, "%s\n",
			_("Type the nine words of the recovery sheet, or scan it:"));
	int r = recovery_parse(text, ret, err);
	while (r < 0 && fgets(line, sizeof(line), stdin) &&
		strlen(text) + strlen(line) < sizeof(text)) {
		strcat(text, line);
		r = recovery_parse(text, ret, &fault);
	}
	sodium_memzero(text, sizeof(text));
	sodium_memzero(line, sizeof(line));
	return r;
}

int recovery_option(struct call *call, struct recovery *ret, struct err *err)
{
	const char *from = call_option(call, "recovery");

	if (!from)
		return 0;
	int r = strcmp(from, "-") == 0 ? read_typed(ret, err) : recovery_read(from, ret, err);
	return r < 0 ? r : 1;
}

void recovery_tell(const struct recovery *recovery)
{
	char words[RECOVERY_TEXT], *rest = words;
	int i = 0;

	recovery_words(recovery, words);
	for (char *word; (word = strsep(&rest, " ")); i++)
		printf("%d. %-12s%s", i + 1, word, i % 3 == 2 ? "\n" : " ");
	sodium_memzero(words, sizeof(words));
}

/* ---- a new PIN ---- */

static int give_pin(struct call *call, const char *code, struct err *err)
{
	const struct act act = { .role = ROLE_SYSTEM };
	const char *file = call_option(call, "new-pin-file");
	CLEANUP(pin_wipe) char *chosen = NULL;
	char pin[STAFF_PIN_DIGITS + 1] = "", hash[STAFF_HASH_SIZE];
	struct pepper pepper;
	struct staff staff;

	TRY(call_db(call, err));
	TRY(recover_whom(call->db, code, &staff, err));
	if (file)
		TRY(pin_from_file(file, &chosen, err));
	TRY(pepper_create(call_context(call)->dir, &pepper, err));
	int r = file ? staff_pin_hash(&pepper, staff.id, chosen, hash, err)
		     : staff_pin_draw(&pepper, staff.id, pin, hash, err);
	sodium_memzero(&pepper, sizeof(pepper));
	if (r == 0)
		r = recover_pin(call->db, &act, staff.id, hash, err);
	if (r == 0 && *pin)
		printf(_("staff %s has the PIN %s; it is told only now\n"), staff.code, pin);
	sodium_memzero(pin, sizeof(pin));
	return r;
}

static int recover(struct call *call, struct err *err)
{
	struct recovery recovery;

	int r = recovery_option(call, &recovery, err);
	if (r == 0)
		return call_usage(call, _("this needs the recovery sheet: add --recovery FILE"));
	if (r > 0)
		r = recover_check(call_context(call)->dir, &recovery, err);
	recovery_wipe(&recovery);
	return r < 0 ? r : give_pin(call, call_count(call) ? call_operand(call, 0) : NULL, err);
}

/* ---- the sheet again ---- */

static int tell_words(struct call *call, struct err *err)
{
	struct recovery recovery;

	TRY(recovery_record_print(call->db, &call->act, err));
	TRY(recovery_make(call_context(call)->dir, &recovery, err));
	recovery_tell(&recovery);
	recovery_wipe(&recovery);
	return 0;
}

static int print_recovery(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	if (call_has(call, "words"))
		return tell_words(call, err);
	TRY(recover_sheet(call->db, call_context(call)->dir, &head, &call->act, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

static const struct verb_option recover_options[] = {
	RECOVERY_OPTION,
	{ "new-pin-file", { OPERAND_FILE },
		N_("The PIN that they get; else one is drawn and told") },
	{ 0 },
};
static const struct verb_option print_options[] = {
	{ "to", { OPERAND_FILE, .word = N_("FILE.pdf") },
		N_("Into this file instead of to a printer"), OUTPUT_REDRAWN },
	{ "words", NO_VALUE, N_("Show the words here, to be copied by hand") },
	{ 0 },
};

const struct verb recovery_verbs[] = {
	{
		.name = "staff recover",
		.operands = { { OPERAND_TEXT, TIMES_MAYBE, .word = N_("CODE") } },
		.help = N_("Give the administrator a new PIN, with the recovery sheet"),
		.takes = VERB_NO_DB,
		.options = recover_options,
		.run = recover,
	},
	{
		.name = "print recovery",
		.help = N_("Print the recovery sheet again, for an administrator"),
		.takes = VERB_ACT,
		.options = print_options,
		.run = print_recovery,
	},
	{ 0 },
};
