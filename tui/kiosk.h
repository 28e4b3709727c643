/* The kiosk: everything that its screens share, and how it starts and ends.
 *
 * Start: paint the idle board, then check the journal's chain piece by piece between turns of the
 * loop; acts are accepted once the check is through. */
#pragma once

#include "core/base/err.h"
#include "core/desk/desk.h"
#include "core/print/outbox.h"
#include "tui/app.h"
#include "tui/context.h"
#include "tui/widgets/banner.h"
#include "tui/widgets/pinyin.h"

struct kiosk {
	struct context *context;
	struct app *app;
	struct db *db;
	struct desk *desk;
	struct outbox *outbox;
	struct ime *ime;              /* opened when first needed: kiosk_pinyin */
	struct pinyin_source pinyin;
	bool is_checked;              /* the chain has been checked */
	struct kiosk_parts *parts;    /* devices and workers: kiosk.c's own */
};

/* Runs the kiosk until it is told to end. Returns an exit code (tui/verbs/verb.h); what kept it from
 * starting has been said on stderr. */
int kiosk_run(struct context *context);

/* ---- for screens ---- */

static inline struct kiosk *kiosk_of(struct app *app)
{
	return app_context(app);
}
int64_t kiosk_now(const struct kiosk *);

/* The input method for forms with Chinese fields. */
const struct pinyin_source *kiosk_pinyin(struct kiosk *);

/* Runs `work` on a worker thread and then `done` on the loop: for argon2. `job` is the caller's; done
 * is called even when the screen has gone, so it frees it. One at a time; false when one is running. */
bool kiosk_work(struct kiosk *, void (*work)(void *job), void (*done)(struct app *app, void *job), void *job);

/* Tells of an outcome on the screen's banner, with its sound. kiosk_outcome_banner only words it. */
void kiosk_tell(struct kiosk *, struct banner *banner, const struct outcome *outcome);
void kiosk_tell_err(struct kiosk *, struct banner *banner, const struct err *err);
void kiosk_tell_done(struct kiosk *, struct banner *banner, const char *title, const char *text);

/* True, and a dialog that says why, when the volunteer at the counter has not got this role. */
bool kiosk_needs_role(struct kiosk *, enum role role);
