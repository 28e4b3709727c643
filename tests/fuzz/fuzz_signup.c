/* Any bytes as a chat group's list: each line becomes pieces of valid text, with existing shifts
 * and times. */
#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/exchange/signup_text.h"
#include "tests/fuzz/utf8.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void read_line(const char *line, int number)
{
	static const char *const people[] = { "张三", "李四", "王小明" };
	static const char *const shifts[] = { "服务台", "早班" };
	const struct signup_vocabulary vocabulary = { .monday = { 2026, 11, 30 },
		.weeks_ahead = 1,
		.people = people,
		.people_count = (int)ARRAY_LEN(people),
		.shifts = shifts,
		.shift_count = (int)ARRAY_LEN(shifts) };
	struct signup_line read = { 0 };

	signup_line_read(line, &vocabulary, number, &read);
	for (int i = 0; i < read.count; i++) {
		const struct signup_time *t = &read.pieces[i].time;
		assert(is_utf8(read.pieces[i].text));
		if (read.pieces[i].kind != SIGNUP_TIME)
			continue;
		assert(t->days <= SIGNUP_WEEK && t->periods <= SIGNUP_ALL_DAY);
		assert(t->shift >= -1 && t->shift < vocabulary.shift_count);
		assert(t->starts >= -1 && t->starts <= 24 * 60);
	}
	signup_line_finish(&read);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	CLEANUP(mem_free) char *given = mem_text_n((const char *)data, size);

	/* As signup_list_read gets it: valid UTF-8. */
	if (!is_utf8(given))
		return 0;
	CLEANUP(mem_free) char *text = signup_clean(given);
	CLEANUP(mem_free) char *shown = signup_shown(given);
	assert(is_utf8(text) && is_utf8(shown));
	int number = 1;
	for (char *line = text, *end; line; line = end ? end + 1 : NULL) {
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		read_line(line, number++);
	}
	return 0;
}
