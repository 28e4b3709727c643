/* Preloaded into ippeveprinter: an Avahi that announces nothing, so that no D-Bus is needed. */
#include <stddef.h>

struct nothing {
	int unused;
};
static struct nothing nothing;

void *avahi_threaded_poll_new(void);
const void *avahi_threaded_poll_get(void *poll);
int avahi_threaded_poll_start(void *poll);
void avahi_threaded_poll_lock(void *poll);
void avahi_threaded_poll_unlock(void *poll);
void *avahi_client_new(const void *poll, int flags, void *callback, void *context, int *error);
int avahi_client_errno(void *client);
const char *avahi_client_get_host_name_fqdn(void *client);

void *avahi_threaded_poll_new(void)
{
	return &nothing;
}

const void *avahi_threaded_poll_get(void *poll)
{
	return poll;
}

int avahi_threaded_poll_start(void *poll)
{
	(void)poll;
	return 0;
}

void avahi_threaded_poll_lock(void *poll)
{
	(void)poll;
}

void avahi_threaded_poll_unlock(void *poll)
{
	(void)poll;
}

void *avahi_client_new(const void *poll, int flags, void *callback, void *context, int *error)
{
	(void)poll, (void)flags, (void)callback, (void)context;
	if (error)
		*error = 0;
	return &nothing;
}

int avahi_client_errno(void *client)
{
	(void)client;
	return 0;
}

const char *avahi_client_get_host_name_fqdn(void *client)
{
	(void)client;
	return "localhost";
}
