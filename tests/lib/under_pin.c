/* Preloaded into every test: a PIN's hash costs next to nothing.
 *
 * The product uses 64 MB of memory per hash, which makes a stolen database of little use
 * (core/people/staff_pin.c). The tests log staff in some thousand times: hashing alone took a
 * seventh of the processor time of the fault and verb tests, and each hash touches its memory page
 * by page. A hash stores its own parameters, so one made here is also cheap to check. What the
 * product uses is tested without this: tests/verbs/test_private.c. */
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
