/* Any bytes as a sealed backup, opened with the sheet that its seeds were sealed with: either
 * everything that was sealed, or a reason and never more than was there. And as the words of a
 * sheet. */
#include <assert.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/store/seal.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* "baiban bangbao …": the seed counts up from 1. */
static const struct recovery sheet = { .seed = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
					       16 } };

static void open_backup(const unsigned char *data, size_t size)
{
	int fd = memfd_create("backup", MFD_CLOEXEC);
	CLEANUP(mem_free) char *path = mem_printf("/proc/self/fd/%d", fd);
	struct seal_secrets secrets = { 0 };
	struct seal_about about;
	struct err err = { 0 };

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	bool is_sealed = seal_is(path, &about);
	int r = seal_open(path, &sheet, NULL, &secrets, &err);
	assert(r == 0 || r == ERR_INVALID || r == ERR_REFUSED);
	assert(r < 0 ? err.reason_count == 1 : is_sealed);
	close(fd);
}

static void read_words(const unsigned char *data, size_t size)
{
	CLEANUP(mem_free) char *text = mem_text_n((const char *)data, size);
	struct recovery recovery, again;
	char words[RECOVERY_TEXT];
	struct err err = { 0 };

	if (recovery_parse(text, &recovery, &err) < 0) {
		assert(err.code == ERR_INVALID && err.reason_count == 1);
		return;
	}
	recovery_words(&recovery, words);
	assert(recovery_parse(words, &again, &err) == 0);
	assert(memcmp(again.seed, recovery.seed, sizeof(again.seed)) == 0);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static int is_ready = -1;

	if (is_ready < 0)
		is_ready = sodium_init();
	assert(is_ready >= 0);
	open_backup(data, size);
	read_words(data, size);
	return 0;
}
