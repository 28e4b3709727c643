#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/print/reasons.h"
#include "core/print/sheet.h"
#include "core/print/sheet_model.h"

#define MAGIC     "jiaplus-sheet"
#define MM_MAX    5000
#define PT_MAX    500
#define PARTS_MAX 7

/* ---- what each kind's line holds ---- */

enum part_kind {
	PART_NONE,
	PART_MM,
	PART_STYLE,
	PART_WORDS,
	PART_ALIGN,
	PART_VALIGN,
	PART_RULES,
	PART_HEAD,
	PART_SPAN,
	PART_WIDTHS, /* the rest of the line */
};

struct part {
	enum part_kind kind;
	size_t offset; /* in struct sheet_item */
};

#define PART(kind, member)                                \
	{                                                 \
		kind, offsetof(struct sheet_item, member) \
	}
#define MM(member)    PART(PART_MM, member)
#define STYLE(member) PART(PART_STYLE, member)
#define WORDS(member) PART(PART_WORDS, member)
#define ALIGN         PART(PART_ALIGN, align)
#define VALIGN        PART(PART_VALIGN, valign)

static const struct line_spec {
	const char *keyword;
	struct part parts[PARTS_MAX];
} specs[] = {
	[SHEET_HEADER] = { "header" },
	[SHEET_FOOTER] = { "footer" },
	[SHEET_PAGE] = { "page" },
	[SHEET_FRAME] = { "frame", { MM(x), MM(y), MM(w), MM(h), VALIGN } },
	[SHEET_TABLE] = { "table",
		{ PART(PART_RULES, rules), MM(x), MM(y), PART(PART_WIDTHS, widths) } },
	[SHEET_ROW] = { "row", { MM(h), PART(PART_HEAD, is_head) } },
	[SHEET_CELL] = { "cell", { PART(PART_SPAN, span), VALIGN } },
	[SHEET_END] = { "end" },
	[SHEET_TEXT] = { "text", { STYLE(style), WORDS(text) } },
	[SHEET_PAIR] = { "pair", { STYLE(style), WORDS(text), STYLE(right_style), WORDS(right) } },
	[SHEET_FOLIO] = { "folio", { STYLE(style), WORDS(text) } },
	[SHEET_QR] = { "qr", { MM(w), ALIGN, WORDS(text), STYLE(style), WORDS(right) } },
	[SHEET_IMAGE] = { "image", { MM(w), MM(h), ALIGN, WORDS(text) } },
	[SHEET_RULE] = { "rule", { MM(thickness) } },
	[SHEET_SPACE] = { "space", { MM(h) } },
	[SHEET_LINE] = { "line", { MM(x), MM(y), MM(w), MM(h), MM(thickness) } },
	[SHEET_BOX] = { "box", { MM(x), MM(y), MM(w), MM(h), MM(thickness), MM(radius) } },
};
static_assert(ARRAY_LEN(specs) == SHEET_KIND_COUNT, "a kind has no line");

static const char *const align_words[SHEET_ALIGN_COUNT] = { "left", "center", "right" };
static const char *const valign_words[SHEET_VALIGN_COUNT] = { "top", "middle", "bottom" };
static const char *const rules_words[SHEET_RULES_COUNT] = { "none", "rows", "grid" };
static const char *const head_words[] = { "body", "head" };
static const char *const turn_words[] = { "portrait", "landscape" };

/* Words of a style that are either present or not. */
static const struct style_flag {
	const char *word;
	size_t offset; /* in struct sheet_style */
} flags[] = {
	{ "bold", offsetof(struct sheet_style, is_bold) },
	{ "quiet", offsetof(struct sheet_style, is_quiet) },
	{ "struck", offsetof(struct sheet_style, is_struck) },
	{ "optional", offsetof(struct sheet_style, is_optional) },
	{ "cut", offsetof(struct sheet_style, is_cut) },
};

static bool *style_flag(const struct sheet_style *style, const struct style_flag *flag)
{
	return (bool *)((char *)(uintptr_t)style + flag->offset);
}

/* ---- writing ---- */

/* Numbers are written by hand: printf would put the locale's comma into a format. */
static void put_number(FILE *out, double value)
{
	long long n = llround(value * 100);

	assert(n >= 0);
	fprintf(out, "%lld", n / 100);
	if (n % 100)
		fprintf(out, n % 10 ? ".%02lld" : ".%lld", n % 10 ? n % 100 : n % 100 / 10);
}

static void put_words(FILE *out, const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '\t')
			fputs("\\t", out);
		else if (c == '\n')
			fputs("\\n", out);
		else if (c == '\\')
			fputs("\\\\", out);
		else if (c < ' ' || c == 0x7f)
			fprintf(out, "\\x%02x", c);
		else
			putc(c, out);
	}
}

static void put_style(FILE *out, const struct sheet_style *style)
{
	put_number(out, style->size_pt);
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if (*style_flag(style, &flags[i]))
			fprintf(out, " %s", flags[i].word);
	if (style->align != SHEET_LEFT)
		fprintf(out, " %s", align_words[style->align]);
	if (style->leading > 0) {
		fputs(" leading=", out);
		put_number(out, style->leading);
	}
	if (style->min_pt > 0) {
		fputs(" fit=", out);
		put_number(out, style->min_pt);
		if (style->max_lines > 1)
			fprintf(out, "/%d", style->max_lines);
	}
	if (style->max_pt > 0) {
		fputs(" grow=", out);
		put_number(out, style->max_pt);
	}
}

static void put_widths(FILE *out, const struct sheet_item *item)
{
	for (int i = 0; i < item->width_count; i++) {
		if (i > 0)
			putc('\t', out);
		if (item->widths[i] > 0)
			put_number(out, item->widths[i]);
		else
			putc('*', out);
	}
}

static void put_part(FILE *out, const struct sheet_item *item, const struct part *spec)
{
	const void *at = (const char *)item + spec->offset;

	switch (spec->kind) {
	case PART_NONE:
		break;
	case PART_MM:
		put_number(out, *(const double *)at);
		break;
	case PART_STYLE:
		put_style(out, at);
		break;
	case PART_WORDS:
		put_words(out, *(char *const *)at);
		break;
	case PART_ALIGN:
		fputs(align_words[item->align], out);
		break;
	case PART_VALIGN:
		fputs(valign_words[item->valign], out);
		break;
	case PART_RULES:
		fprintf(out, "%s%s", rules_words[item->rules], item->is_filling ? " fill" : "");
		break;
	case PART_HEAD:
		fputs(head_words[item->is_head], out);
		break;
	case PART_SPAN:
		fprintf(out, "%d", item->span);
		break;
	case PART_WIDTHS:
		put_widths(out, item);
		break;
	}
}

static void put_item(FILE *out, const struct sheet_item *item)
{
	const struct line_spec *spec = &specs[item->kind];

	fputs(spec->keyword, out);
	for (int i = 0; i < PARTS_MAX && spec->parts[i].kind != PART_NONE; i++) {
		putc('\t', out);
		put_part(out, item, &spec->parts[i]);
	}
	putc('\n', out);
}

static void put_media(FILE *out, const struct sheet_media *media)
{
	const double margins[] = { media->top_mm, media->right_mm, media->bottom_mm,
		media->left_mm };

	fputs("media\t", out);
	put_number(out, media->width_mm);
	putc('\t', out);
	if (media->height_mm > 0)
		put_number(out, media->height_mm);
	else
		fputs("auto", out);
	fprintf(out, "\t%s", turn_words[media->is_landscape]);
	for (size_t i = 0; i < ARRAY_LEN(margins); i++) {
		putc('\t', out);
		put_number(out, margins[i]);
	}
	putc('\n', out);
}

static FILE *memory_stream(char **text, size_t *size)
{
	FILE *out = open_memstream(text, size);

	if (!out) /* only for want of memory */
		abort();
	return out;
}

char *sheet_take_text(const struct sheet *sheet)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = memory_stream(&text, &size);

	assert(!sheet_unclosed(sheet));
	fprintf(out, MAGIC "\t%d\ntitle\t", SHEET_VERSION);
	put_words(out, sheet->title);
	fprintf(out, "\nmade\t%s\n", sheet->made);
	put_media(out, &sheet->media);
	for (int i = 0; i < sheet->count; i++)
		put_item(out, &sheet->items[i]);
	fclose(out);
	return text;
}

/* ---- reading ---- */

/* A line being read; `at` is NULL when no field is left. */
struct reader {
	const char *text, *end; /* what is left of the text */
	int line;
	char *buffer, *at; /* the line, cut into fields */
	struct err *err;
};

static int bad(struct reader *in, const char *what)
{
	CLEANUP(mem_free) char *words_ = mem_printf("line %d: %s", in->line, what);

	return err_set(in->err, ERR_INVALID, REASON_TEXT(SHEET_BAD, words_));
}

/* Returns what is wrong with a line's bytes, or NULL. */
static const char *line_fault(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)line[i] < ' ' && line[i] != '\t') || line[i] == 0x7f)
			return "a control character";
	for (const char *s = line, *before = s; *s; before = s)
		if (text_next(&s) == 0xfffd && strncmp(before, "\xef\xbf\xbd", 3) != 0)
			return "not UTF-8";
	return NULL;
}

/* Moves to the next line; 1: there is one, 0: the text is over. */
static int next_line(struct reader *in)
{
	if (in->text == in->end)
		return 0;
	const char *newline = memchr(in->text, '\n', (size_t)(in->end - in->text));
	size_t len = (size_t)((newline ? newline : in->end) - in->text);

	in->line++;
	if (!newline)
		return bad(in, "it has no end");
	free(in->buffer);
	in->buffer = mem_alloc(len + 1);
	memcpy(in->buffer, in->text, len);
	in->at = in->buffer;
	in->text = newline + 1;
	const char *fault = line_fault(in->buffer, len);
	return fault ? bad(in, fault) : 1;
}

/* The next field of the line, or NULL. */
static char *next_field(struct reader *in)
{
	return in->at ? strsep(&in->at, "\t") : NULL;
}

static int get_whole(const char *s, int max, int *ret)
{
	int n = 0;

	if (!*s)
		return -1;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return -1;
		n = n * 10 + (*s - '0');
		if (n > max)
			return -1;
	}
	*ret = n;
	return 0;
}

/* "12", "12.5", "12.55" */
static int get_number(const char *s, int max, double *ret)
{
	const char *point = strchr(s, '.');
	char whole[8] = "";
	size_t whole_len = point ? (size_t)(point - s) : strlen(s);
	size_t digits = point ? strlen(point + 1) : 0;
	int n = 0, hundredths = 0;

	if (whole_len == 0 || whole_len >= sizeof(whole) || (point && (digits < 1 || digits > 2)))
		return -1;
	memcpy(whole, s, whole_len);
	if (get_whole(whole, max, &n) < 0 || (point && get_whole(point + 1, 99, &hundredths) < 0))
		return -1;
	*ret = n + (digits == 1 ? hundredths * 10 : hundredths) / 100.0;
	return 0;
}

static int get_word(const char *s, const char *const *list, int count)
{
	for (int i = 0; i < count; i++)
		if (strcmp(s, list[i]) == 0)
			return i;
	return -1;
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Reads one escape at *s (after the backslash) and moves *s past it. -1: not one of ours. */
static int get_escape(const char **s)
{
	const char *at = *s;

	if (*at == 'x') {
		int high = hex_digit(at[1]), low = high < 0 ? -1 : hex_digit(at[2]);
		int byte = high * 16 + low;
		*s += 3;
		/* What is written so, and no part of a letter, which would be none by itself. */
		return low >= 0 && byte > 0 && (byte < ' ' || byte == 0x7f) ? byte : -1;
	}
	*s += 1;
	return *at == 't' ? '\t' : *at == 'n' ? '\n' : *at == '\\' ? '\\' : -1;
}

static int get_words(const char *s, char **ret)
{
	CLEANUP(mem_free) char *plain = mem_alloc(strlen(s) + 1);
	char *out = plain;

	while (*s) {
		int c = *s++;
		if (c == '\\') {
			c = get_escape(&s);
			if (c < 0)
				return -1;
		}
		*out++ = (char)c;
	}
	free(*ret);
	*ret = TAKE(plain);
	return 0;
}

/* "fit=7" or "fit=7/2" */
static int get_fit(char *s, struct sheet_style *style)
{
	char *min = strsep(&s, "/");

	if (get_number(min, PT_MAX, &style->min_pt) < 0 || style->min_pt <= 0)
		return -1;
	style->max_lines = 0;
	return s ? get_whole(s, 1000, &style->max_lines) : 0;
}

static int get_style_word(char *word, struct sheet_style *style)
{
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if (strcmp(word, flags[i].word) == 0) {
			*style_flag(style, &flags[i]) = true;
			return 0;
		}
	if (strncmp(word, "fit=", 4) == 0)
		return get_fit(word + 4, style);
	if (strncmp(word, "grow=", 5) == 0)
		return get_number(word + 5, PT_MAX, &style->max_pt);
	if (strncmp(word, "leading=", 8) == 0)
		return get_number(word + 8, 10, &style->leading);
	int align = get_word(word, align_words, SHEET_ALIGN_COUNT);
	if (align < 0)
		return -1;
	style->align = (enum sheet_align)align;
	return 0;
}

static int get_style(char *s, struct sheet_style *style)
{
	char *word = strsep(&s, " ");

	if (get_number(word, PT_MAX, &style->size_pt) < 0 || style->size_pt < 1)
		return -1;
	while ((word = strsep(&s, " ")))
		if (get_style_word(word, style) < 0)
			return -1;
	return style->min_pt > style->size_pt ||
			       (style->max_pt > 0 && style->max_pt < style->size_pt)
		       ? -1
		       : 0;
}

static int get_width(const char *s, struct sheet_item *item)
{
	double width = 0;

	if (strcmp(s, "*") != 0 && (get_number(s, MM_MAX, &width) < 0 || width <= 0))
		return -1;
	if (item->width_count == SHEET_SPAN_MAX)
		return -1;
	size_t size = (size_t)(item->width_count + 1) * sizeof(width);
	item->widths = mem_resize(item->widths, size);
	item->widths[item->width_count++] = width;
	return 0;
}

static int get_widths(struct reader *in, const char *first, struct sheet_item *item)
{
	for (const char *s = first; s; s = next_field(in))
		if (get_width(s, item) < 0)
			return -1;
	return 0;
}

static int get_enum(const char *s, const char *const *list, int count, int *ret)
{
	int n = get_word(s, list, count);

	if (n < 0)
		return -1;
	*ret = n;
	return 0;
}

/* "grid" or "grid fill" */
static int get_rules(char *s, struct sheet_item *item)
{
	const char *rules = strsep(&s, " ");
	int n = 0;

	if (get_enum(rules, rules_words, SHEET_RULES_COUNT, &n) < 0 ||
		(s && strcmp(s, "fill") != 0))
		return -1;
	item->rules = (enum sheet_rules)n;
	item->is_filling = s != NULL;
	return 0;
}

static int get_part(struct reader *in, const struct part *spec, struct sheet_item *item)
{
	char *s = next_field(in);
	void *at = (char *)item + spec->offset;
	int n = 0, rc = 0;

	if (!s)
		return -1;
	switch (spec->kind) {
	case PART_NONE:
		break;
	case PART_MM:
		return get_number(s, MM_MAX, at);
	case PART_STYLE:
		return get_style(s, at);
	case PART_WORDS:
		return get_words(s, at);
	case PART_ALIGN:
		rc = get_enum(s, align_words, SHEET_ALIGN_COUNT, &n);
		item->align = (enum sheet_align)n;
		break;
	case PART_VALIGN:
		rc = get_enum(s, valign_words, SHEET_VALIGN_COUNT, &n);
		item->valign = (enum sheet_valign)n;
		break;
	case PART_RULES:
		return get_rules(s, item);
	case PART_HEAD:
		rc = get_enum(s, head_words, (int)ARRAY_LEN(head_words), &n);
		item->is_head = n;
		break;
	case PART_SPAN:
		rc = get_whole(s, SHEET_SPAN_MAX, &item->span);
		return rc < 0 || item->span < 1 ? -1 : 0;
	case PART_WIDTHS:
		return get_widths(in, s, item);
	}
	return rc;
}

static int get_item(struct reader *in, struct sheet *sheet, const char *keyword)
{
	struct sheet_item item = { .line = in->line };
	const struct line_spec *spec = NULL;

	for (int i = 0; i < SHEET_KIND_COUNT && !spec; i++)
		if (strcmp(keyword, specs[i].keyword) == 0) {
			spec = &specs[i];
			item.kind = (enum sheet_kind)i;
		}
	if (!spec)
		return bad(in, "an unknown keyword");
	for (int i = 0; i < PARTS_MAX && spec->parts[i].kind != PART_NONE; i++)
		if (get_part(in, &spec->parts[i], &item) < 0) {
			CLEANUP(mem_free) char *what = mem_printf("%s, field %d", keyword, i + 1);
			sheet_item_finish(&item);
			return bad(in, what);
		}
	if (next_field(in)) {
		sheet_item_finish(&item);
		return bad(in, "more fields than it has");
	}
	const char *fault = sheet_append(sheet, item);
	return fault ? bad(in, fault) : 0;
}

static int get_media(struct reader *in, struct sheet_media *media)
{
	double *const margins[] = { &media->top_mm, &media->right_mm, &media->bottom_mm,
		&media->left_mm };
	const char *width = next_field(in), *height = next_field(in), *turn = next_field(in);
	int turned = 0;

	if (!turn || get_number(width, MM_MAX, &media->width_mm) < 0 || media->width_mm < 1)
		return -1;
	if (strcmp(height, "auto") != 0 &&
		(get_number(height, MM_MAX, &media->height_mm) < 0 || media->height_mm < 1))
		return -1;
	if (get_enum(turn, turn_words, (int)ARRAY_LEN(turn_words), &turned) < 0)
		return -1;
	media->is_landscape = turned;
	for (size_t i = 0; i < ARRAY_LEN(margins); i++) {
		const char *margin = next_field(in);
		if (!margin || get_number(margin, MM_MAX, margins[i]) < 0)
			return -1;
	}
	/* A roll is drawn before its length is known, so there is nothing to turn. */
	return next_field(in) || (media->is_landscape && media->height_mm <= 0) ? -1 : 0;
}

/* Checks the shape of "2026-11-21T14:06:00+08:00" only: it goes into a file's dates, and nobody
 * calculates with it. */
static bool is_instant(const char *s)
{
	const char *shape = "0000-00-00T00:00:00+00:00";

	for (; *shape && *s; shape++, s++)
		if (*shape == '0'       ? *s < '0' || *s > '9'
			: *shape == '+' ? *s != '+' && *s != '-'
					: *s != *shape)
			return false;
	return !*shape && !*s;
}

static int expect(struct reader *in, const char *keyword)
{
	int rc = next_line(in);

	if (rc < 0)
		return rc;
	const char *found = rc > 0 ? next_field(in) : NULL;
	if (!found || strcmp(found, keyword) != 0) {
		CLEANUP(mem_free) char *what = mem_printf("expected %s", keyword);
		return bad(in, what);
	}
	return 0;
}

/* The four lines that every sheet begins with. */
static int get_opening(struct reader *in, struct sheet *sheet)
{
	int rc = expect(in, MAGIC), version = 0;
	const char *field = rc < 0 ? NULL : next_field(in);

	if (rc < 0)
		return rc;
	if (!field || get_whole(field, 1000, &version) < 0 || version != SHEET_VERSION ||
		next_field(in))
		return bad(in, "a version that is not known");
	rc = expect(in, "title");
	if (rc < 0)
		return rc;
	field = next_field(in);
	if (!field || get_words(field, &sheet->title) < 0 || next_field(in))
		return bad(in, "title");
	rc = expect(in, "made");
	if (rc < 0)
		return rc;
	field = next_field(in);
	if (!field || !is_instant(field) || next_field(in))
		return bad(in, "made");
	sheet->made = mem_text(field);
	rc = expect(in, "media");
	if (rc < 0)
		return rc;
	return get_media(in, &sheet->media) < 0 ? bad(in, "media") : 0;
}

static int get_sheet(struct reader *in, struct sheet *sheet)
{
	int rc = get_opening(in, sheet);

	while (rc == 0) {
		rc = next_line(in);
		if (rc <= 0)
			break;
		rc = get_item(in, sheet, next_field(in));
	}
	if (rc < 0)
		return rc;
	const char *fault = sheet_unclosed(sheet);
	return fault ? bad(in, fault) : 0;
}

int sheet_parse(const char *text, size_t len, struct sheet **ret, struct err *err)
{
	struct reader in = { .text = text, .end = text + len, .err = err };
	CLEANUP(sheet_destroyp) struct sheet *sheet = mem_alloc(sizeof(*sheet));
	int rc = get_sheet(&in, sheet);

	free(in.buffer);
	if (rc < 0)
		return rc;
	*ret = TAKE(sheet);
	return 0;
}
