/* What the demo leaves in DIR beside the database: pictures to scan, PINs, and who is who. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/outfile.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/item.h"
#include "core/sheets/cards.h"
#include "core/sheets/labels.h"
#include "core/store/recovery.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/demo_model.h"
#include "tui/verbs/draw.h"

static int unwritable(const char *path, struct err *err)
{
	return err_setf(
		err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, path), "%s", strerror(errno));
}

static int make_folder(const struct demo *d, const char *name, struct err *err)
{
	CLEANUP(mem_free) char *path = context_path(d->context, name);

	return outfile_folders(path, err);
}

/* ---- pictures ---- */

static int send_card(struct demo *d, struct drawer *drawer, const struct letterhead *head,
	const struct card_face *face, const char *name, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(mem_free) char *file = mem_printf("cards/%s.png", name);
	CLEANUP(mem_free) char *path = context_path(d->context, file);

	TRY(card_build(d->db, head, face, &sheet, err));
	drawer_send(drawer, sheet, PAPER_PNG, path);
	return 0;
}

static int send_cards(
	struct demo *d, struct drawer *drawer, const struct letterhead *head, struct err *err)
{
	for (int i = 0; i < d->residents.count; i++) {
		const struct demo_name *who = &d->residents.rows[i];
		const struct card_face face = { .resident = who->id, .payload = who->payload };
		CLEANUP(mem_free) char *number = mem_printf("%lld", (long long)who->number);
		TRY(send_card(d, drawer, head, &face, number, err));
	}
	for (int i = 0; i < d->staff_count; i++) {
		const struct demo_staff *s = &d->staff[i];
		const struct card_face face = { .staff = s->id, .payload = s->payload };
		if (s->has_own_card)
			TRY(send_card(d, drawer, head, &face, s->code, err));
	}
	return 0;
}

/* On the roll that most venues have. */
static int send_label(struct demo *d, struct drawer *drawer, const struct letterhead *head,
	const struct demo_name *item, struct err *err)
{
	CLEANUP(label_size_finish) struct label_size roll = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	char number[ITEM_NUMBER_SIZE];

	item_number_format(item->number, number);
	CLEANUP(mem_free) char *name = mem_printf("labels/%s.png", number);
	CLEANUP(mem_free) char *path = context_path(d->context, name);
	TRY(label_size_by_code(d->db, "roll-40x30", &roll, err));
	TRY(labels_build(d->db, head, &roll, &item->id, 1, &sheet, err));
	drawer_send(drawer, sheet, PAPER_PNG, path);
	return 0;
}

static int draw_pictures(struct demo *d, struct err *err)
{
	CLEANUP(drawer_closep) struct drawer *drawer = NULL;
	const struct letterhead head = {
		.language = d->context->config.language,
		.logo = d->context->config.logo,
	};

	TRY(make_folder(d, "cards", err));
	TRY(make_folder(d, "labels", err));
	TRY(drawer_open(&drawer, err));
	TRY(send_cards(d, drawer, &head, err));
	for (int i = 0; i < d->items.count; i++)
		TRY(send_label(d, drawer, &head, &d->items.rows[i], err));
	return drawer_finish(drawer, err);
}

/* ---- PINs ---- */

static int write_pin(const char *path, const char *pin, struct err *err)
{
	CLEANUP(mem_free) char *line = mem_printf("%s\n", pin);

	return outfile_put(path, line, strlen(line), OUTFILE_PRIVATE, OUTFILE_REPLACE, err);
}

static char *pin_path(const struct demo *d, const struct demo_staff *staff)
{
	CLEANUP(mem_free)
	char *name = mem_printf("pins/%s.%s", staff->code, *staff->pin ? "pin" : "token");

	return context_path(d->context, name);
}

static int write_pins(struct demo *d, struct err *err)
{
	TRY(make_folder(d, "pins", err));
	for (int i = 0; i < d->staff_count; i++) {
		CLEANUP(mem_free) char *path = pin_path(d, &d->staff[i]);
		if (*d->staff[i].pin) {
			TRY(write_pin(path, d->staff[i].pin, err));
			continue;
		}
		unlink(path);
		TRY(staff_token_issue(d->db, &d->act, d->staff[i].id, path, err));
	}
	return 0;
}

/* ---- demo.txt ---- */

static void write_staff(const struct demo *d, FILE *file)
{
	fprintf(file, "\n# %s\n",
		_("staff: code, role, name, PIN, how a command line names them, card"));
	for (int i = 0; i < d->staff_count; i++) {
		const struct demo_staff *s = &d->staff[i];
		CLEANUP(mem_free) char *path = pin_path(d, s);
		fprintf(file, "staff\t%s\t%s\t%s\t%s\t--as %s --pin-file %s\t%s\n", s->code,
			words_role(s->role), s->name, *s->pin ? s->pin : "-", s->code, path,
			*s->payload ? s->payload : "-");
	}
}

static void write_names(const struct demo *d, FILE *file)
{
	fprintf(file, "\n# %s\n", _("residents: number, name, card, picture"));
	for (int i = 0; i < d->residents.count; i++) {
		const struct demo_name *r = &d->residents.rows[i];
		fprintf(file, "card\t%lld\t%s\t%s\tcards/%lld.png\n", (long long)r->number, r->name,
			r->payload, (long long)r->number);
	}
	fprintf(file, "\n# %s\n", _("items: number, name, label, picture"));
	for (int i = 0; i < d->items.count; i++) {
		const struct demo_name *item = &d->items.rows[i];
		char number[ITEM_NUMBER_SIZE], code[CODE_TEXT_MAX];
		item_number_format(item->number, number);
		code_write_id(CODE_ITEM, item->id, code);
		fprintf(file, "item\t%s\t%s\t%s\tlabels/%s.png\n", number, item->name, code,
			number);
	}
}

/* Lines to try at once. */
static void write_example(const struct demo *d, FILE *file)
{
	const struct demo_name *who = &d->residents.rows[d->residents.count - 1];
	const struct demo_name *item = demo_name_find(&d->items, "冲击钻#2");
	CLEANUP(mem_free) char *pin = pin_path(d, &d->staff[0]);
	const char *dir = d->context->dir;

	fprintf(file, "# %s\n# %s\n\n# %s\n",
		_("A demo venue: invented people, invented phone numbers."),
		_("These PINs are known to everybody: never use them for a real venue."),
		_("Try:"));
	fprintf(file, "jiaplus --dir %s lend %lld %lld --as %s --pin-file %s\n", dir,
		(long long)who->number, (long long)(item ? item->number : 1), d->staff[0].code,
		pin);
	fprintf(file, "jiaplus --dir %s loans --overdue\n", dir);
}

static int write_guide(struct demo *d, struct err *err)
{
	CLEANUP(mem_free) char *path = context_path(d->context, "demo.txt");
	CLEANUP(mem_free) char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return unwritable(path, err);
	write_example(d, file);
	write_staff(d, file);
	write_names(d, file);
	if (fclose(file) != 0)
		return unwritable(path, err);
	return outfile_put(path, text, size, OUTFILE_PRIVATE, OUTFILE_REPLACE, err);
}

/* As a sheet on paper, for whoever tries a restore. */
static int write_recovery(struct demo *d, struct err *err)
{
	CLEANUP(mem_free) char *path = context_path(d->context, "recovery.txt");
	char words[RECOVERY_TEXT];
	struct recovery recovery;

	TRY(recovery_make(d->context->dir, &recovery, err));
	recovery_words(&recovery, words);
	recovery_wipe(&recovery);
	CLEANUP(mem_free) char *text = mem_printf("%s\n", words);
	return outfile_put(path, text, strlen(text), OUTFILE_PRIVATE, OUTFILE_REPLACE, err);
}

int demo_files(struct demo *d, struct err *err)
{
	TRY(write_recovery(d, err));
	TRY(draw_pictures(d, err));
	TRY(write_pins(d, err));
	return write_guide(d, err);
}
