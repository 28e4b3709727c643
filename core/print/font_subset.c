/* font_subset WEIGHT FILE: reduces the font family of papers to the characters that papers use.
 *
 * Runs at build time. For every PDF, Cairo reads all outlines of each face that it embeds from,
 * four times; with 65,535 glyphs that is most of a receipt's time. Characters left out here are
 * still found in the family itself. If the family is not installed, FILE is empty and is ignored at
 * run time. */
#include <fontconfig/fontconfig.h>
#include <hb-subset.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAMILY "Noto Sans CJK SC"

static const struct {
	hb_codepoint_t from, to;
} ranges[] = {
	{ 0x0020, 0x024f }, /* Latin */
	{ 0x2000, 0x206f }, /* punctuation */
	{ 0x2070, 0x218f }, /* superscripts, currencies, number forms */
	{ 0x2190, 0x22ff }, /* arrows, operators */
	{ 0x2460, 0x26ff }, /* enclosed numbers, boxes, shapes, symbols */
	{ 0x3000, 0x30ff }, /* CJK punctuation, kana */
	{ 0xff00, 0xffef }, /* full-width forms */
};

/* Used in names and in Cantonese, but not in GB 2312. */
static const char more[] = "喆堃玥珺祎翀旻昉晞昇祯禛赟頔甯淼犇骉焱垚鑫煊煜燊濠灏溦滢漪潆"
			   "珅玭珮琇琎琤瑀瑄瑆瑒瑢瑷璟璠璐璘璩瓘皓皞睿砼祺禔禕稹竑筠箐"
			   "粿糍綦罡翙翚聿芃芮芫苡茜茗荃莙菀菡萱葳蒽蓁蓥蔺薏薰藿衎袆詠"
			   "誩諠賢赪轾逄邠邡郜郤郗酆釒鈞鉴鋆锜锟镕镭閆闫陞霂霈霖韡頊飏"
			   "骐骢骦魃鲲鳯鹍麒黉龑龢㐂䶮嘢嗰唔咗喺嘅冚冧乸孖攞掹揾搵攰";

static FcPattern *find_face(int weight)
{
	FcPattern *wanted = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, FAMILY, FC_WEIGHT,
		FcTypeInteger, weight, (char *)NULL);
	FcResult result;

	FcConfigSubstitute(NULL, wanted, FcMatchPattern);
	FcDefaultSubstitute(wanted);
	FcPattern *found = FcFontMatch(NULL, wanted, &result);
	FcPatternDestroy(wanted);
	FcChar8 *family = NULL;
	if (found && FcPatternGetString(found, FC_FAMILY, 0, &family) == FcResultMatch &&
		strcmp((const char *)family, FAMILY) == 0)
		return found;
	if (found)
		FcPatternDestroy(found);
	return NULL;
}

static hb_face_t *open_face(const FcPattern *pattern)
{
	FcChar8 *path = NULL;
	int index = 0;

	if (FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch ||
		FcPatternGetInteger(pattern, FC_INDEX, 0, &index) != FcResultMatch)
		return NULL;
	hb_blob_t *blob = hb_blob_create_from_file((const char *)path);
	hb_face_t *face = hb_face_create(blob, (unsigned)index & 0xffff);
	hb_blob_destroy(blob);
	return face;
}

static void add_decoded(iconv_t decoder, char *bytes, size_t size, hb_set_t *set)
{
	uint32_t out[512];
	char *to = (char *)out;
	size_t room = sizeof(out);

	if (iconv(decoder, &bytes, &size, &to, &room) == (size_t)-1)
		return;
	for (size_t i = 0; i < (sizeof(out) - room) / sizeof(out[0]); i++)
		hb_set_add(set, out[i]);
}

static void add_gb2312(hb_set_t *set)
{
	iconv_t decoder = iconv_open("UTF-32LE", "GB2312");

	for (int row = 0xa1; row <= 0xf7; row++)
		for (int cell = 0xa1; cell <= 0xfe; cell++) {
			char bytes[2] = { (char)row, (char)cell };
			add_decoded(decoder, bytes, sizeof(bytes), set);
		}
	iconv_close(decoder);
}

static void add_more(hb_set_t *set)
{
	iconv_t decoder = iconv_open("UTF-32LE", "UTF-8");
	char *text = strdup(more);

	add_decoded(decoder, text, strlen(text), set);
	free(text);
	iconv_close(decoder);
}

static void keep_only(
	hb_subset_input_t *input, hb_subset_sets_t which, const hb_tag_t *tags, int count)
{
	hb_set_t *set = hb_subset_input_set(input, which);

	hb_set_clear(set);
	for (int i = 0; i < count; i++)
		hb_set_add(set, tags[i]);
}

/* Horizontal text in one language: nothing vertical, no regional variants. */
static hb_face_t *cut(hb_face_t *face)
{
	static const hb_tag_t features[] = { HB_TAG('k', 'e', 'r', 'n'), HB_TAG('l', 'i', 'g', 'a'),
		HB_TAG('c', 'c', 'm', 'p'), HB_TAG('m', 'a', 'r', 'k') };
	static const hb_tag_t dropped[] = { HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'),
		HB_TAG('V', 'O', 'R', 'G') };
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_set_t *characters = hb_subset_input_unicode_set(input);

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		hb_set_add_range(characters, ranges[i].from, ranges[i].to);
	add_gb2312(characters);
	add_more(characters);
	keep_only(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG, features, 4);
	keep_only(input, HB_SUBSET_SETS_DROP_TABLE_TAG, dropped, 3);
	/* Cairo subsets the face once more for each PDF and then loses subroutines that two
	 * outlines share, so that single characters stayed white in some papers (test_glyphs).
	 */
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_DESUBROUTINIZE);
	hb_face_t *small = hb_subset_or_fail(face, input);
	hb_subset_input_destroy(input);
	return small;
}

static bool write_face(hb_face_t *face, FILE *out)
{
	hb_blob_t *blob = hb_face_reference_blob(face);
	unsigned size = 0;
	const char *data = hb_blob_get_data(blob, &size);
	bool is_whole = size > 0 && fwrite(data, 1, size, out) == size;

	hb_blob_destroy(blob);
	return is_whole;
}

static bool write_subset(int weight, FILE *out)
{
	FcPattern *pattern = find_face(weight);

	if (!pattern) {
		fputs("font_subset: " FAMILY " is not installed; papers will take longer\n",
			stderr);
		return true;
	}
	hb_face_t *face = open_face(pattern);
	hb_face_t *small = face ? cut(face) : NULL;
	bool is_whole = small && write_face(small, out);
	hb_face_destroy(small);
	hb_face_destroy(face);
	FcPatternDestroy(pattern);
	return is_whole;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: font_subset regular|bold FILE\n", stderr);
		return 2;
	}
	FILE *out = fopen(argv[2], "wb");
	if (!out) {
		perror(argv[2]);
		return 1;
	}
	bool is_bold = strcmp(argv[1], "bold") == 0;
	bool is_whole = write_subset(is_bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR, out);
	return fclose(out) == 0 && is_whole ? 0 : 1;
}
