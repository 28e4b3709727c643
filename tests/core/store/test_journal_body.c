/* The journal row's body is written by hand; jansson, which reads it again, must agree. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/store/journal_body.h"
#include "tests/lib/test.h"

static void assert_as_jansson(const struct journal_body *body)
{
	CLEANUP(mem_free) char *text = journal_body_text(body);
	json_error_t error;
	json_t *root = json_loads(text, 0, &error);

	if (!root)
		fail_msg("%s in %s", error.text, text);
	CLEANUP(mem_free) char *again = json_dumps(root, JSON_COMPACT);
	assert_string_equal(text, again);
	json_decref(root);
}

TEST(a_body_without_changes_is_whole, none)
{
	CLEANUP(journal_body_finish) struct journal_body body = { 0 };

	CLEANUP(mem_free) char *text = journal_body_text(&body);
	assert_string_equal(text, "{\"ops\":[]}");
	assert_as_jansson(&body);
}

TEST(changes_stand_in_their_order_and_leave_ids_to_themselves, none)
{
	CLEANUP(journal_body_finish) struct journal_body body = { 0 };

	journal_body_add_change(&body, "+", "loan", 12,
		FIELDS(F_INT("id", 12), F_INT("item", 7), F_NULL("visit"), F_TEXT("note", "好")));
	journal_body_add_change(&body, "=", "item", 7, FIELDS(F_INT("id", 7)));
	journal_body_add_change(&body, "-", "opening", 3, NULL);
	journal_body_add_act(&body, "hold_settle");
	journal_body_add_act(&body, "hold_place");
	CLEANUP(mem_free) char *text = journal_body_text(&body);
	assert_string_equal(text,
		"{\"ops\":[[\"+\",\"loan\",12,{\"item\":7,\"visit\":null,\"note\":\"好\"}],"
		"[\"=\",\"item\",7,{}],[\"-\",\"opening\",3]],"
		"\"did\":[\"hold_settle\",\"hold_place\"]}");
	assert_as_jansson(&body);
}

TEST(hashes_of_private_rows_stand_behind_the_changes, none)
{
	CLEANUP(journal_body_finish) struct journal_body body = { 0 };

	journal_body_add_private(&body, "journal_why", 9, "9f86");
	journal_body_add_private(&body, "resident_private", 12, "d081");
	CLEANUP(mem_free) char *text = journal_body_text(&body);
	assert_string_equal(text, "{\"ops\":[],\"private\":[[\"journal_why\",9,\"9f86\"],"
				  "[\"resident_private\",12,\"d081\"]]}");
	assert_as_jansson(&body);
}

TEST(every_character_comes_back_as_it_was, none)
{
	CLEANUP(journal_body_finish) struct journal_body body = { 0 };
	char all[160] = "";

	for (int c = 1; c < 128; c++)
		all[c - 1] = (char)c;
	strcpy(all + 127, "“折叠梯”😀é");
	journal_body_add_change(
		&body, "+", "title", 1, FIELDS(F_TEXT("name", all), F_TEXT("safety", "")));
	assert_as_jansson(&body);
	CLEANUP(mem_free) char *text = journal_body_text(&body);
	json_t *root = json_loads(text, 0, NULL);
	json_t *row = json_array_get(json_array_get(json_object_get(root, "ops"), 0), 3);
	assert_string_equal(json_string_value(json_object_get(row, "name")), all);
	json_decref(root);
}

TEST(numbers_are_whole_to_their_ends, none)
{
	CLEANUP(journal_body_finish) struct journal_body body = { 0 };

	journal_body_add_change(&body, "+", "entry", INT64_MAX,
		FIELDS(F_INT("a", INT64_MIN), F_INT("b", INT64_MAX), F_INT("c", 0), F_INT("d", -1),
			F_INT("e", 1234567890)));
	CLEANUP(mem_free) char *text = journal_body_text(&body);
	assert_string_equal(text,
		"{\"ops\":[[\"+\",\"entry\",9223372036854775807,{\"a\":-9223372036854775808,"
		"\"b\":9223372036854775807,\"c\":0,\"d\":-1,\"e\":1234567890}]]}");
	assert_as_jansson(&body);
}
