/* Under every sanitized test by LD_PRELOAD: where LeakSanitizer looks for pointers when a program
 * ends.
 *
 * It reads the data of all libraries, and 5.6 of those 6 MB are the sanitizer's own tables, none of
 * which holds a pointer of ours: touching them was a third of what a short program costs. With
 * use_globals=0 it reads what is named here instead: the data of every library but the sanitizer's,
 * as they are when the program has ended. */
#include <link.h>
#include <stdbool.h>
#include <string.h>

extern void __lsan_register_root_region(const void *at, size_t size) __attribute__((weak));

static bool is_sanitizer(const char *library)
{
	return strstr(library, "/libasan.so") != NULL;
}

static int name_data(struct dl_phdr_info *library, size_t size, void *nothing)
{
	if (is_sanitizer(library->dlpi_name))
		return 0;
	for (int i = 0; i < library->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &library->dlpi_phdr[i];

		if (part->p_type == PT_LOAD && (part->p_flags & PF_W))
			__lsan_register_root_region(
				(const void *)(library->dlpi_addr + part->p_vaddr), part->p_memsz);
	}
	return 0;
}

/* The sanitizer looks after all destructors. */
__attribute__((destructor)) static void name_all_data(void)
{
	if (__lsan_register_root_region)
		dl_iterate_phdr(name_data, NULL);
}
