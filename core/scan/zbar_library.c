#include "core/scan/zbar_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/scan/reasons.h"

#define LIBRARY "libzbar.so.0"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct zbar table;
static bool is_loaded;

#define CALL_ROW(name) { "zbar_" #name, offsetof(struct zbar, name) },
static const struct {
	const char *name;
	size_t offset;
} calls[] = { ZBAR_CALLS(CALL_ROW) };
#undef CALL_ROW

static int fail(struct err *err)
{
	const char *words = dlerror();

	return err_setf(err, ERR_DEVICE, REASON(ZBAR_MISSING), "%s", words ? words : LIBRARY);
}

static int fill_table(struct err *err)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);

	if (!library)
		return fail(err);
	for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
		void *call = dlsym(library, calls[i].name);
		if (!call)
			return fail(err);
		memcpy((char *)&table + calls[i].offset, &call, sizeof(call));
	}
	is_loaded = true;
	return 0;
}

int zbar_load(const struct zbar **ret, struct err *err)
{
	pthread_mutex_lock(&lock);
	int r = is_loaded ? 0 : fill_table(err);
	pthread_mutex_unlock(&lock);
	if (r == 0)
		*ret = &table;
	return r;
}
