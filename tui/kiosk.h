/* Everything that the kiosk's screens share. */
#pragma once

#include "core/base/err.h"
#include "core/store/clock_accept.h"
#include "core/store/clock_doubt.h"
#include "core/store/journal_check.h"
#include "core/store/recovery.h"
#include "tui/app.h"
#include "tui/context.h"
#include "tui/widgets/banner.h"
#include "tui/widgets/pinyin.h"

struct desk;
struct devices;
struct face;
struct ime;
struct keeper;
struct outbox;
struct worker;

/* How far the journal's chain has been checked. */
enum chain_state { CHAIN_UNCHECKED, CHAIN_WHOLE, CHAIN_BROKEN };

/* A backup to restore once the kiosk has ended. */
struct going_back {
	char *from; /* NULL: none */
	bool has_sheet;
	struct recovery sheet; /* that opens it; else the machine's own key does */
};

/* What the pages (tui/pages) need from the counter, whose screens are on a floor above. */
struct kiosk_counter {
	void (*scan)(struct app *, struct banner *, const char *bytes, size_t len);
	struct banner *(*visit_banner)(struct app *);
};

struct kiosk {
	struct context *context;
	const struct kiosk_counter *counter;
	struct app *app;
	struct db *db;
	int claim_fd; /* this kiosk has claimed the folder; -1: it has not */
	struct desk *desk;
	struct outbox *outbox;
	struct worker *worker;
	struct devices *devices;
	struct face *face; /* of words drawn large; NULL: there is none */
	struct keeper *keeper;
	enum chain_state chain;
	struct journal_check chain_check;
	struct err chain_err;         /* CHAIN_BROKEN: where */
	enum clock_doubt clock_doubt; /* as of the last check */
	struct ime *ime;              /* opened when first needed: kiosk_pinyin */
	struct pinyin_source pinyin;
	int64_t checkpoint_ms;        /* when the WAL was last checkpointed */
	struct going_back going_back; /* kiosk_restore: done when the kiosk has ended */
	const char *told;             /* what has to be read first, after a restore */
	struct banner news;           /* shown on the board, where there is no visit */
	int64_t news_loan;            /* whose return it shows; 0: something else */
	enum i18n_language language;  /* what the next person finds */
	/* counter.c's own */
	int retries, retry_timer;
	int refusals;   /* scans refused in a row */
	bool is_warned; /* 还在办理吗？ is up */
	int64_t seen_input_ms;
	/* login.c's own: wrong PINs since somebody last got in, and until when none is taken */
	int wrong_pins;
	int64_t pin_rest_ms;
};

struct kiosk *kiosk_of(struct app *);
int64_t kiosk_now(const struct kiosk *);

/* Ends the kiosk, restores that backup, and starts the kiosk again. `sheet` NULL: with its own
 * key. */
void kiosk_restore(struct app *, const char *backup, const struct recovery *sheet);

/* The input method for forms with Chinese fields. */
const struct pinyin_source *kiosk_pinyin(struct kiosk *);
