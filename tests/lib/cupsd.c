#include "tests/lib/cupsd.h"

#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "tests/lib/printer.h"

#define PROGRAM  "/usr/sbin/cupsd"
#define LPADMIN  "/usr/sbin/lpadmin"
#define START_MS 30000

extern char **environ;

const char *cupsd_missing(void)
{
	if (access(PROGRAM, X_OK) < 0)
		return "cupsd is not installed (cups-daemon)";
	if (access(LPADMIN, X_OK) < 0)
		return "lpadmin is not installed (cups-client)";
	return NULL;
}

static const char files_conf[] =
	"ServerRoot %1$s/etc\nServerBin /usr/lib/cups\nDataDir /usr/share/cups\n"
	"RequestRoot %1$s/spool\nTempDir %1$s/spool/tmp\nCacheDir %1$s/cache\nStateDir %1$s/run\n"
	"ServerKeychain %1$s/etc/ssl\nErrorLog %1$s/log/error_log\nAccessLog %1$s/log/access_log\n"
	"PageLog %1$s/log/page_log\nUser %2$s\nGroup %3$s\nSystemGroup root\nFileDevice Yes\n"
	"Sandboxing Relaxed\nSyncOnClose No\n";

/* Job privacy stays as Debian ships it: a job's name is shown to its owner alone. */
static const char daemon_conf[] =
	"LogLevel debug\nMaxLogSize 0\nListen %1$s/run/cups.sock\nListen 127.0.0.1:%2$d\n"
	"Browsing Off\nBrowseLocalProtocols none\nWebInterface No\nDefaultAuthType None\n"
	"DefaultEncryption Never\nDirtyCleanInterval 0\nIdleExitTimeout 0\nPreserveJobHistory Yes\n"
	"JobRetryInterval 1\nErrorPolicy retry-job\n"
	"<Location />\n  Order allow,deny\n  Allow all\n</Location>\n"
	"<Location /admin>\n  Order allow,deny\n  Allow all\n</Location>\n"
	"<Policy default>\n  JobPrivateAccess default\n  JobPrivateValues default\n"
	"  SubscriptionPrivateAccess default\n  SubscriptionPrivateValues default\n"
	"  <Limit All>\n    Order deny,allow\n    Allow all\n  </Limit>\n</Policy>\n";

/* Who filters and backends run as: never root. */
static void choose_owner(uid_t *uid, gid_t *gid, const char **user, const char **group)
{
	const struct passwd *lp = geteuid() == 0 ? getpwnam("lp") : getpwuid(geteuid());
	const struct group *of_lp = lp ? getgrgid(lp->pw_gid) : NULL;

	*uid = lp ? lp->pw_uid : geteuid();
	*gid = lp ? lp->pw_gid : getegid();
	*user = lp ? lp->pw_name : "nobody";
	*group = of_lp ? of_lp->gr_name : "nogroup";
}

static void make_folders(const char *root, uid_t uid, gid_t gid)
{
	static const struct {
		const char *name;
		mode_t mode;
		bool is_theirs;
	} folders[] = {
		{ "etc", 0755, false },
		{ "etc/ppd", 0755, false },
		{ "etc/ssl", 0700, false },
		{ "spool", 0710, false },
		{ "spool/tmp", 01770, false },
		{ "cache", 0770, false },
		{ "run", 0755, true },
		{ "run/certs", 0510, true },
		{ "log", 0755, false },
	};

	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", root, folders[i].name);
		if (mkdir(path, 0755) < 0 || chmod(path, folders[i].mode) < 0 ||
			(geteuid() == 0 && chown(path, folders[i].is_theirs ? uid : 0, gid) < 0))
			perror(path);
	}
}

static void write_file(const char *folder, const char *name, const char *text)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/etc/%s", folder, name);
	FILE *out = fopen(path, "w");

	if (!out)
		abort();
	fputs(text, out);
	fclose(out);
}

static void configure(const struct cupsd *cupsd)
{
	const char *user, *group;
	uid_t uid;
	gid_t gid;

	choose_owner(&uid, &gid, &user, &group);
	make_folders(cupsd->folder, uid, gid);
	CLEANUP(mem_free) char *files = mem_printf(files_conf, cupsd->folder, user, group);
	CLEANUP(mem_free) char *settings = mem_printf(daemon_conf, cupsd->folder, cupsd->port);
	write_file(cupsd->folder, "cups-files.conf", files);
	write_file(cupsd->folder, "cupsd.conf", settings);
}

bool cupsd_restart(struct cupsd *cupsd)
{
	CLEANUP(mem_free) char *settings = mem_printf("%s/etc/cupsd.conf", cupsd->folder);
	CLEANUP(mem_free) char *files = mem_printf("%s/etc/cups-files.conf", cupsd->folder);
	CLEANUP(mem_free) char *log = mem_printf("%s/log/output", cupsd->folder);
	const char *const argv[] = { PROGRAM, "-f", "-c", settings, "-s", files, NULL };

	cupsd->pid = child_start(argv, environ, log);
	return cupsd->pid > 0 && port_opens(cupsd->port, START_MS);
}

struct cupsd *cupsd_start(void)
{
	struct cupsd *cupsd = mem_alloc(sizeof(*cupsd));

	cupsd->port = free_port();
	cupsd->folder = folder_make("cupsd");
	cupsd->server = mem_printf("127.0.0.1:%d", cupsd->port);
	configure(cupsd);
	if (cupsd_restart(cupsd))
		return cupsd;
	cupsd_stop(cupsd);
	return NULL;
}

static void end(struct cupsd *cupsd, int sig)
{
	if (cupsd->pid > 0) {
		kill(cupsd->pid, sig);
		waitpid(cupsd->pid, NULL, 0);
	}
	cupsd->pid = 0;
}

void cupsd_kill(struct cupsd *cupsd)
{
	end(cupsd, SIGKILL);
}

void cupsd_stop(struct cupsd *cupsd)
{
	if (!cupsd)
		return;
	end(cupsd, SIGTERM);
	folder_remove(cupsd->folder);
	free(cupsd->folder);
	free(cupsd->server);
	free(cupsd);
}

bool cupsd_add_queue(struct cupsd *cupsd, const char *name, const char *device, const char *model)
{
	CLEANUP(mem_free) char *log = mem_printf("%s/log/lpadmin", cupsd->folder);
	bool is_ppd = model && strstr(model, ".ppd");
	CLEANUP(mem_free)
	char *driver = is_ppd ? mem_printf("%s/tests/lib/printer/%s", JIAPLUS_SOURCEDIR, model)
			      : mem_text(model ? model : "");
	const char *argv[] = { LPADMIN, "-h", cupsd->server, "-p", name, "-E", "-v", device,
		!model   ? NULL
		: is_ppd ? "-P"
			 : "-m",
		driver, NULL };
	int status = -1;
	pid_t pid = child_start(argv, environ, log);

	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}
