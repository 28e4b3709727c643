#include "core/print/fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/print/reasons.h"

/* Has ✗, Cyrillic, Arabic with the letters of Uyghur, and more. */
#define HELPER_FAMILY "DejaVu Sans"

/* An empty pattern rejects every face that is not accepted by name. */
static const char settings[] =
	"<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
	"<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
	"<dir prefix=\"xdg\">fonts</dir>"
	"<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>"
	"<selectfont><rejectfont><pattern/></rejectfont><acceptfont><pattern>"
	"<patelt name=\"family\"><string>" FONTS_FAMILY "</string></patelt></pattern><pattern>"
	"<patelt name=\"family\"><string>" HELPER_FAMILY "</string></patelt>"
	"</pattern></acceptfont></selectfont></fontconfig>";

static const char *const common_files[] = { "common-regular.otf", "common-bold.otf" };

/* The name that the small files get here, so that they come before the family itself. */
#define COMMON "jiaplus common"

struct fonts {
	FcConfig *config;
	PangoFontMap *map, *wide_map; /* wide: NULL until it is needed, like its context */
	PangoContext *context, *wide_context;
};

/* The fallback alone is not enough to print with. */
static bool has_family(FcConfig *config)
{
	const FcFontSet *found = FcConfigGetFonts(config, FcSetSystem);

	for (int i = 0; found && i < found->nfont; i++) {
		FcChar8 *family = NULL;
		for (int k = 0;
			FcPatternGetString(found->fonts[i], FC_FAMILY, k, &family) == FcResultMatch;
			k++)
			if (strcmp((const char *)family, FONTS_FAMILY) == 0)
				return true;
	}
	return false;
}

static FcConfig *config_load(void)
{
	FcConfig *config = FcConfigCreate();

	if (config && FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)settings, FcFalse) &&
		FcConfigBuildFonts(config) && has_family(config))
		return config;
	if (config)
		FcConfigDestroy(config);
	return NULL;
}

/* Adds a small file under the name COMMON. One that is empty or missing is ignored. */
static void add_common(FcConfig *config, const char *folder, const char *name)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", folder, name);
	struct stat st;

	if (stat(path, &st) < 0 || st.st_size == 0 ||
		!FcConfigAppFontAddFile(config, (const FcChar8 *)path))
		return;
	const FcFontSet *added = FcConfigGetFonts(config, FcSetApplication);
	FcPattern *face = added->fonts[added->nfont - 1];
	FcPatternDel(face, FC_FAMILY);
	FcPatternAddString(face, FC_FAMILY, (const FcChar8 *)COMMON);
}

static PangoContext *context_create(PangoFontMap *map)
{
	PangoContext *context = pango_font_map_create_context(map);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_language(context, pango_language_from_string("zh-cn"));
	pango_context_set_round_glyph_positions(context, FALSE);
	return context;
}

static PangoFontMap *map_create(FcConfig *config)
{
	PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);

	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
	return map;
}

int fonts_open(const char *folder, struct fonts **ret, struct err *err)
{
	FcConfig *config = config_load();

	if (!config)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(FONT_MISSING, FONTS_FAMILY));
	struct fonts *fonts = mem_alloc(sizeof(*fonts));
	fonts->config = config;
	for (size_t i = 0; folder && i < ARRAY_LEN(common_files); i++)
		add_common(config, folder, common_files[i]);
	fonts->map = map_create(config);
	fonts->context = context_create(fonts->map);
	*ret = fonts;
	return 0;
}

void fonts_close(struct fonts *fonts)
{
	if (!fonts)
		return;
	g_clear_object(&fonts->wide_context);
	g_clear_object(&fonts->wide_map);
	g_object_unref(fonts->context);
	g_object_unref(fonts->map);
	FcConfigDestroy(fonts->config);
	free(fonts);
}

PangoContext *fonts_context(struct fonts *fonts)
{
	return fonts->context;
}

PangoContext *fonts_wide_context(struct fonts *fonts)
{
	if (!fonts->wide_context) {
		FcConfig *config = FcInitLoadConfigAndFonts();
		fonts->wide_map = map_create(config);
		fonts->wide_context = context_create(fonts->wide_map);
		FcConfigDestroy(config); /* the map has its own reference */
	}
	return fonts->wide_context;
}

PangoFontDescription *fonts_description(double size_pt, bool is_bold)
{
	PangoFontDescription *description = pango_font_description_new();

	pango_font_description_set_family_static(description, COMMON "," FONTS_FAMILY);
	pango_font_description_set_weight(
		description, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(description, size_pt * PANGO_SCALE);
	return description;
}

static bool has_glyph(PangoFontset *set, gunichar c)
{
	PangoFont *font = pango_fontset_get_font(set, c);
	bool is_there = font && pango_font_has_char(font, c);

	g_clear_object(&font);
	return is_there;
}

const char *fonts_missing(struct fonts *fonts, const char *text)
{
	PangoFontDescription *description = fonts_description(10, false);
	PangoContext *context = fonts_wide_context(fonts);
	PangoFontset *set = pango_font_map_load_fontset(
		fonts->wide_map, context, description, pango_context_get_language(context));

	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		if (c != '\n' && !g_unichar_iszerowidth(c) && !has_glyph(set, c))
			break;
	}
	g_object_unref(set);
	pango_font_description_free(description);
	return *text ? text : NULL;
}
