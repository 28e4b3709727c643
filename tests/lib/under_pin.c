/* Under every test by LD_PRELOAD: a PIN's hash costs next to nothing.
 *
 * The product asks for 64 MB of memory a hash, which is what makes a stolen database of little use
 * (core/people/staff_pin.c). The tests log staff in some thousand times: hashing alone was a
 * seventh of the processor time of the faults' and the verbs' tests, and each hash touches its
 * memory page by page. A hash says itself how it was made, so one made here is also read cheaply.
 * What the product pays is looked at without this: tests/verbs/test_private.c. */
#include <dlfcn.h>
#include <sodium.h>

int crypto_pwhash_str(char out[crypto_pwhash_STRBYTES], const char *const secret,
	unsigned long long size, unsigned long long operations, size_t memory)
{
	int (*real)(char *, const char *, unsigned long long, unsigned long long, size_t);

	(void)operations, (void)memory;
	*(void **)&real = dlsym(RTLD_NEXT, "crypto_pwhash_str");
	return real(out, secret, size, crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN);
}
