/* Under every sanitized test by LD_PRELOAD: where LeakSanitizer looks for pointers when a program
 * ends.
 *
 * It reads the data of all libraries, and 5.6 of those 6 MB are the sanitizer's own tables, none of
 * which holds a pointer of ours: touching them was a third of what a short program costs. With
 * use_globals=0 it reads what is named here instead: the data of every library but the sanitizer's,
 * as it is when the program has ended. A copy, since all memory maps are read for each region. */
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

extern void __lsan_register_root_region(const void *at, size_t size) __attribute__((weak));

#define WORD sizeof(uintptr_t)

/* The sanitizer asks for it; so a program that runs without this library has its data read as ever.
 */
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "use_globals=0";
}

struct copy {
	uintptr_t *words; /* NULL: they are only counted */
	size_t count;
};

static bool is_sanitizer(const char *library)
{
	return strstr(library, "/libasan.so") != NULL;
}

/* Word by word: the sanitizer's memcpy refuses what lies between two variables. */
static void copy_part(struct copy *c, uintptr_t from, uintptr_t to)
{
	for (const volatile uintptr_t *word = (const uintptr_t *)from; word < (uintptr_t *)to;
		word++) {
		if (c->words)
			c->words[c->count] = *word;
		c->count++;
	}
}

static int copy_data(struct dl_phdr_info *library, size_t size, void *copy)
{
	if (is_sanitizer(library->dlpi_name))
		return 0;
	for (int i = 0; i < library->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &library->dlpi_phdr[i];
		uintptr_t at = library->dlpi_addr + part->p_vaddr;

		if (part->p_type == PT_LOAD && (part->p_flags & PF_W))
			copy_part(copy, (at + WORD - 1) / WORD * WORD,
				(at + part->p_memsz) / WORD * WORD);
	}
	return 0;
}

/* The sanitizer looks after all destructors. */
__attribute__((destructor)) static void show_all_data(void)
{
	struct copy c = { 0 };
	size_t size;

	if (!__lsan_register_root_region)
		return;
	dl_iterate_phdr(copy_data, &c);
	size = c.count * WORD;
	c.words = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (c.words == MAP_FAILED)
		return; /* all then looks lost, and is told */
	c.count = 0;
	dl_iterate_phdr(copy_data, &c);
	__lsan_register_root_region(c.words, size);
}
