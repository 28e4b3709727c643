/* scan FILE… */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/scan/file_scan.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"

static void print_readings(const char *file, const struct reading_list *list)
{
	for (int i = 0; i < list->count; i++) {
		const struct reading *reading = &list->items[i];
		CLEANUP(mem_free) char *text = reading_escape(reading->bytes, reading->size);
		printf("%s\t%s\t%s\n", file, symbology_names[reading->symbology], text);
	}
}

static json_t *hex(const struct reading *reading)
{
	CLEANUP(mem_free) char *digits = mem_alloc(2 * reading->size + 1);

	for (size_t i = 0; i < reading->size; i++)
		snprintf(digits + 2 * i, 3, "%02x", (unsigned char)reading->bytes[i]);
	return json_string(digits);
}

/* Either the text or, if it is not UTF-8, the bytes. */
static void add_objects(json_t *array, const char *path, const struct reading_list *list)
{
	for (int i = 0; i < list->count; i++) {
		const struct reading *reading = &list->items[i];
		json_t *object = json_object();
		json_t *text = json_stringn(reading->bytes, reading->size);
		json_object_set_new(object, "file", json_string(path));
		json_object_set_new(
			object, "symbology", json_string(symbology_names[reading->symbology]));
		json_object_set_new(object, "text", text ? text : json_null());
		json_object_set_new(object, "bytes", text ? json_null() : hex(reading));
		json_array_append_new(array, object);
	}
}

static void say_nothing_found(const char *file)
{
	fprintf(stderr,
		_("jiaplus: %s: no code found; take the picture closer, sharp and in even light\n"),
		file);
}

/* A fault in one file does not stop the others. */
static int scan_one(struct call *call, struct decoder *decoder, const char *path, json_t *array)
{
	CLEANUP(reading_list_finish) struct reading_list list = { 0 };
	CLEANUP(mem_free) char *file = reading_escape(path, strlen(path));
	struct err err = { 0 };

	int rc = file_scan(path, decoder, &list, &err);

	if (array)
		add_objects(array, path, &list);
	else
		print_readings(file, &list);
	if (rc < 0) {
		fflush(stdout);
		call_complain(call, NULL, &err);
	} else if (list.count == 0) {
		fflush(stdout);
		say_nothing_found(file);
	}
	return rc < 0 || list.count == 0 ? EXIT_REFUSED : EXIT_DONE;
}

static int scan_files(struct call *call, struct err *err)
{
	struct decoder *decoder;
	int worst = EXIT_DONE;

	TRY(decoder_create(&decoder, err));
	json_t *array = call_is_json(call) ? json_array() : NULL;
	for (int i = 0; i < call_count(call); i++)
		if (scan_one(call, decoder, call_operand(call, i), array) != EXIT_DONE)
			worst = EXIT_REFUSED;
	if (array) {
		/* Only ASCII: a code may contain what controls a terminal. */
		json_dumpf(array, stdout, JSON_INDENT(2) | JSON_ENSURE_ASCII);
		putchar('\n');
	}
	json_decref(array);
	decoder_destroy(decoder);
	return worst;
}

const struct verb scan_verbs[] = {
	{
		.name = "scan",
		.operands = { { OPERAND_FILE, TIMES_MANY } },
		.help = N_("Read the codes off pictures and recordings"),
		.takes = VERB_NO_DB | VERB_JSON,
		.run = scan_files,
	},
	{ 0 },
};
