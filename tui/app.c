#include "tui/app.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "tui/chrome.h"
#include "tui/keys.h"
#include "tui/term.h"
#include "tui/timers.h"
#include "tui/widgets/footer.h"

#define TICK_MS   1000
#define QUEUED_MS 2 /* a poll that returns this soon found input that had been waiting */

struct layer {
	const struct screen *screen;
	void *self;
};

struct layers {
	struct layer *list;
	int count, room;
};

struct watch {
	int fd; /* -1: removed, its slot is free */
	short events;
	void (*ready)(struct app *app, int fd, short revents, void *context);
	void *context;
};

struct app {
	struct app_options options;
	struct keys *keys;
	struct timers timers;
	struct layers stack;
	struct layers gone; /* off the stack, `leave` still to come */
	struct watch *watches;
	int watch_count;
	struct pollfd *polled;
	struct notice *notices;
	int notice_count;
	char *house;
	int signal_fd;
	sigset_t saved_mask;
	bool is_dirty, is_over;
	bool has_more_keys;
	bool has_year; /* in the clock */
	int64_t last_input_ms;
	int64_t next_tick_ms;
	int64_t shown_minute;
};

/* --- the stack --- */

static void layers_add(struct layers *layers, struct layer layer)
{
	if (layers->count == layers->room) {
		layers->room = layers->room ? layers->room * 2 : 8;
		layers->list =
			mem_resize(layers->list, (size_t)layers->room * sizeof(*layers->list));
	}
	layers->list[layers->count++] = layer;
}

static struct layer *top(struct app *app)
{
	return app->stack.count > 0 ? &app->stack.list[app->stack.count - 1] : NULL;
}

static void take_off(struct app *app)
{
	if (app->stack.count > 0)
		layers_add(&app->gone, app->stack.list[--app->stack.count]);
	app->is_dirty = true;
}

void app_resume(struct app *app)
{
	struct layer *layer = top(app);
	if (layer && layer->screen->resume)
		layer->screen->resume(app, layer->self);
}

/* A `leave` may remove further screens, so the list is read anew each time. */
static void reap(struct app *app)
{
	while (app->gone.count > 0) {
		struct layer layer = app->gone.list[--app->gone.count];
		if (layer.self)
			timers_cancel_self(&app->timers, layer.self);
		if (layer.screen->leave)
			layer.screen->leave(app, layer.self);
	}
}

void app_push(struct app *app, const struct screen *screen, void *self)
{
	layers_add(&app->stack, (struct layer){ screen, self });
	app->is_dirty = true;
	if (screen->enter)
		screen->enter(app, self);
}

void app_pop(struct app *app)
{
	take_off(app);
	app_resume(app);
}

void app_replace(struct app *app, const struct screen *screen, void *self)
{
	take_off(app);
	app_push(app, screen, self);
}

bool app_pop_to(struct app *app, const struct screen *screen)
{
	int index = app->stack.count - 1;
	while (index >= 0 && app->stack.list[index].screen != screen)
		index--;
	if (index < 0)
		return false;
	if (index == app->stack.count - 1)
		return true;
	while (app->stack.count - 1 > index)
		take_off(app);
	app_resume(app);
	return true;
}

void app_back(struct app *app, void *self)
{
	app_pop(app);
}

const struct screen *app_top(struct app *app)
{
	struct layer *layer = top(app);
	return layer ? layer->screen : NULL;
}

void *app_top_self(struct app *app)
{
	struct layer *layer = top(app);
	return layer ? layer->self : NULL;
}

/* --- actions that every screen has --- */

static bool is_chinese(struct app *app, void *self)
{
	return i18n_language() == I18N_CHINESE;
}

static bool is_not_chinese(struct app *app, void *self)
{
	return !is_chinese(app, self);
}

/* A language is called by its own name, so its labels are not translated. */
static const struct action own_actions[] = {
	{ K_F12, "English", N_("Switches the language."), app_switch_language, is_chinese },
	{ K_F12, "中文", N_("Switches the language."), app_switch_language, is_not_chinese },
	{ 0 },
};

int app_sources(struct app *app, struct action_source ret[APP_SOURCES_MAX])
{
	int count = 0;
	struct layer *layer = top(app);
	if (layer)
		ret[count++] = (struct action_source){ layer->screen->actions, layer->self };
	if (layer && !layer->screen->is_modal)
		ret[count++] = (struct action_source){ app->options.common, app->options.context };
	ret[count++] = (struct action_source){ app->options.always, NULL };
	ret[count++] = (struct action_source){ own_actions, NULL };
	return count;
}

void app_switch_language(struct app *app, void *self)
{
	i18n_use(i18n_language() == I18N_CHINESE ? I18N_ENGLISH : I18N_CHINESE);
	app->is_dirty = true;
}

/* --- input --- */

void app_key(struct app *app, const struct key *key)
{
	struct layer *layer = top(app);
	app->is_dirty = true;
	if (!layer)
		return;
	if (layer->screen->key && layer->screen->key(app, layer->self, key))
		return;
	struct action_source list[APP_SOURCES_MAX];
	int count = app_sources(app, list);
	for (int i = 0; i < count; i++) {
		const struct action *action =
			action_find(list[i].actions, key->code, app, list[i].self);
		if (action && action_run(action, app, list[i].self))
			return;
	}
}

void app_scan(struct app *app, const char *bytes, size_t len)
{
	struct layer *layer = top(app);
	app->last_input_ms = clock_ms(app->options.clock);
	app->is_dirty = true;
	if (layer && layer->screen->scan)
		layer->screen->scan(app, layer->self, bytes, len);
}

int64_t app_last_input_ms(struct app *app)
{
	return app->last_input_ms;
}

static void on_key(void *context, const struct key *key)
{
	struct app *app = context;
	app->last_input_ms = clock_ms(app->options.clock);
	struct key pressed;
	if (key->code == K_REPAINT) {
		term_repaint();
		app->is_dirty = true;
	} else if (key->code == K_PRESS && term_hot_at(key->row, key->col, &pressed)) {
		app_key(app, &pressed);
	} else {
		app_key(app, key);
	}
}

static void on_scan(void *context, const char *bytes, size_t len)
{
	app_scan(context, bytes, len);
}

static void on_paste(void *context, const char *text)
{
	struct app *app = context;
	struct layer *layer = top(app);
	app->last_input_ms = clock_ms(app->options.clock);
	app->is_dirty = true;
	if (layer && layer->screen->paste)
		layer->screen->paste(app, layer->self, text);
}

bool app_is_code(struct app *app, const char *bytes, size_t len)
{
	return app->options.is_code && app->options.is_code(app->options.context, bytes, len);
}

static bool on_is_code(void *context, const char *bytes, size_t len)
{
	return app_is_code(context, bytes, len);
}

/* --- painting --- */

static char *clock_text(struct app *app)
{
	struct local now = when_local(clock_now(app->options.clock));

	if (app->has_year)
		return mem_printf("%d-%02d-%02d %02d:%02d", now.day.year, now.day.month,
			now.day.day, now.hour, now.minute);
	return mem_printf("%02d:%02d", now.hour, now.minute);
}

void app_show_year(struct app *app, bool is_shown)
{
	app->has_year = is_shown;
	app_redraw(app);
}

bool app_shows_year(const struct app *app)
{
	return app->has_year;
}

/* The lowest visible screen: the topmost one that is no overlay. */
static int base_layer(const struct app *app)
{
	int base = app->stack.count - 1;
	while (base > 0 && app->stack.list[base].screen->is_overlay)
		base--;
	return base;
}

static void draw_layers(struct app *app, int base, struct rect area)
{
	for (int i = base; i < app->stack.count; i++) {
		const struct layer *layer = &app->stack.list[i];
		if (layer->screen->is_overlay) {
			draw_hot_clear();
			draw_restyle(area, STYLE_BEHIND);
			term_caret(-1, -1);
		}
		if (layer->screen->draw)
			layer->screen->draw(app, layer->self, area);
	}
}

void app_paint(struct app *app)
{
	term_begin();
	app->is_dirty = false;
	app->shown_minute = clock_now(app->options.clock) / 60;
	int base = base_layer(app);
	if (base >= 0) {
		const struct layer *layer = &app->stack.list[base];
		const struct screen *screen = layer->screen;
		CLEANUP(mem_free)
		char *right = screen->top ? screen->top(app, layer->self) : clock_text(app);
		struct chrome chrome = {
			.house = app->house,
			.title = screen->title ? _(screen->title) : NULL,
			.right = right ? right : "",
			.notices = app->notices,
			.notice_count = app->notice_count,
		};
		struct rect footer;
		struct rect area = chrome_draw(&chrome, grid_area(term_grid()), &footer);
		draw_layers(app, base, area);
		struct action_source list[APP_SOURCES_MAX];
		int count = app_sources(app, list);
		footer_draw(app, footer, list, count);
	}
	term_end();
}

void app_redraw(struct app *app)
{
	app->is_dirty = true;
}

/* --- timers, descriptors, notices, sounds --- */

int app_after(struct app *app, int64_t ms, void (*run)(struct app *app, void *self), void *self)
{
	struct timer timer = {
		.due_ms = clock_ms(app->options.clock) + ms,
		.run = run,
		.self = self,
	};
	return timers_add(&app->timers, timer);
}

void app_cancel(struct app *app, int timer)
{
	timers_cancel(&app->timers, timer);
}

void app_watch(struct app *app, int fd, short events,
	void (*ready)(struct app *app, int fd, short revents, void *context), void *context)
{
	struct watch watch = { fd, events, ready, context };
	int place = -1;
	for (int i = 0; i < app->watch_count; i++)
		if (app->watches[i].fd == fd || (app->watches[i].fd < 0 && place < 0))
			place = i;
	if (place < 0) {
		place = app->watch_count++;
		app->watches =
			mem_resize(app->watches, (size_t)app->watch_count * sizeof(*app->watches));
		app->polled = mem_resize(
			app->polled, (size_t)(app->watch_count + 2) * sizeof(*app->polled));
	}
	app->watches[place] = watch;
}

void app_unwatch(struct app *app, int fd)
{
	for (int i = 0; i < app->watch_count; i++)
		if (app->watches[i].fd == fd)
			app->watches[i].fd = -1;
}

static void notice_drop(struct app *app, int index)
{
	mem_free(&app->notices[index].slot);
	mem_free(&app->notices[index].text);
	app->notice_count--;
	memmove(&app->notices[index], &app->notices[index + 1],
		(size_t)(app->notice_count - index) * sizeof(*app->notices));
}

void app_notice(struct app *app, const char *slot, const char *text)
{
	int index = 0;
	while (index < app->notice_count && strcmp(app->notices[index].slot, slot) != 0)
		index++;
	bool is_there = index < app->notice_count;
	if (!text && !is_there)
		return;
	app->is_dirty = true;
	if (!text) {
		notice_drop(app, index);
		return;
	}
	if (!is_there) {
		app->notices = mem_resize(
			app->notices, (size_t)(app->notice_count + 1) * sizeof(*app->notices));
		app->notices[app->notice_count++] = (struct notice){ .slot = mem_text(slot) };
	}
	mem_free(&app->notices[index].text);
	app->notices[index].text = mem_text(text);
}

static void ring(struct app *app, void *self)
{
	term_bell();
}

/* How many strokes, and how far apart: distinguishable without looking. */
static const struct {
	int strokes, gap_ms;
} sounds[SOUND_COUNT] = {
	[SOUND_DONE] = { 1, 0 },
	[SOUND_REFUSED] = { 3, 140 },
	[SOUND_NEEDED] = { 2, 450 },
	[SOUND_UNDONE] = { 2, 140 },
};

void app_sound(struct app *app, enum app_sound sound)
{
	for (int i = 0; app->options.has_sound && i < sounds[sound].strokes; i++)
		app_after(app, (int64_t)i * sounds[sound].gap_ms, ring, NULL);
}

/* --- the loop --- */

static int64_t real_ms(void)
{
	return clock_ms(&clock_system);
}

static void read_signals(struct app *app)
{
	struct signalfd_siginfo info;
	while (read(app->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGWINCH) {
			term_measure();
			app->is_dirty = true;
		} else {
			app->is_over = true;
		}
	}
}

static void tick(struct app *app)
{
	int64_t now = clock_ms(app->options.clock);
	if (now < app->next_tick_ms)
		return;
	app->next_tick_ms = now + TICK_MS;
	if (clock_now(app->options.clock) / 60 != app->shown_minute)
		app->is_dirty = true;
	struct layer *layer = top(app);
	if (layer && layer->screen->tick)
		layer->screen->tick(app, layer->self);
}

/* Milliseconds until something is due. */
static int wait_ms(struct app *app)
{
	if (app->has_more_keys)
		return 0;
	int64_t now = clock_ms(app->options.clock);
	int64_t wait = app->next_tick_ms - now;
	int64_t timer = timers_next(&app->timers);
	if (timer >= 0 && timer - now < wait)
		wait = timer - now;
	int64_t keys = keys_deadline(app->keys);
	if (keys >= 0 && keys - real_ms() < wait)
		wait = keys - real_ms();
	return wait < 0 ? 0 : (int)wait;
}

static void run_watches(struct app *app, int count)
{
	for (int i = 0; i < count; i++) {
		const struct pollfd *polled = &app->polled[i + 2];
		struct watch watch = app->watches[i];
		/* An earlier handler may have changed the list. */
		if (polled->fd >= 0 && polled->revents && watch.fd == polled->fd) {
			watch.ready(app, watch.fd, polled->revents, watch.context);
			reap(app);
		}
	}
}

static int poll_all(struct app *app, int timeout_ms)
{
	app->polled[0] = (struct pollfd){ .fd = term_fd(), .events = POLLIN };
	app->polled[1] = (struct pollfd){ .fd = app->signal_fd, .events = POLLIN };
	for (int i = 0; i < app->watch_count; i++)
		app->polled[i + 2] = (struct pollfd){
			.fd = app->watches[i].fd,
			.events = app->watches[i].events,
		};
	int ready = poll(app->polled, (nfds_t)(app->watch_count + 2), timeout_ms);
	if (ready < 0)
		for (int i = 0; i < app->watch_count + 2; i++)
			app->polled[i].revents = 0;
	return ready;
}

static bool is_input_waiting(void)
{
	struct pollfd polled = { .fd = term_fd(), .events = POLLIN };
	return poll(&polled, 1, 0) > 0;
}

/* One turn; `woke_ms` is the time since which keys may have been waiting unread. Returns that time
 * for the next turn. */
static int64_t turn(struct app *app, int64_t woke_ms)
{
	int timeout = wait_ms(app);
	int64_t slept_ms = real_ms();
	int watched = app->watch_count;
	poll_all(app, timeout);
	int64_t now = real_ms();
	int64_t away_ms = -1;
	if (slept_ms - woke_ms > KEYS_STALL_MS && now - slept_ms <= QUEUED_MS)
		away_ms = woke_ms;
	else if (now - slept_ms > timeout + KEYS_STALL_MS)
		away_ms = slept_ms;

	if (app->polled[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		app->is_over = true;
	else if (app->polled[0].revents || app->has_more_keys)
		app->has_more_keys = keys_read(app->keys, away_ms);
	keys_tick(app->keys, now);
	reap(app);
	if (app->polled[1].revents)
		read_signals(app);
	run_watches(app, watched);
	timers_run(&app->timers, app, clock_ms(app->options.clock));
	tick(app);
	reap(app);
	int64_t end = real_ms();
	return end - now > KEYS_STALL_MS && !is_input_waiting() ? end : now;
}

void app_run(struct app *app)
{
	int64_t woke_ms = real_ms();
	app->next_tick_ms = clock_ms(app->options.clock) + TICK_MS;
	while (!app->is_over && app->stack.count > 0) {
		if (app->is_dirty)
			app_paint(app);
		woke_ms = turn(app, woke_ms);
	}
}

void app_quit(struct app *app)
{
	app->is_over = true;
}

/* --- life --- */

static int open_signals(struct app *app, struct err *err)
{
	sigset_t mask;
	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGWINCH);
	sigprocmask(SIG_BLOCK, &mask, &app->saved_mask);
	signal(SIGPIPE, SIG_IGN);
	app->signal_fd = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
	if (app->signal_fd >= 0)
		return 0;
	sigprocmask(SIG_SETMASK, &app->saved_mask, NULL);
	return err_setf(
		err, ERR_DEVICE, REASON_TEXT(TERMINAL_UNFIT, ""), "signalfd: %s", strerror(errno));
}

static void close_signals(struct app *app)
{
	close(app->signal_fd);
	sigprocmask(SIG_SETMASK, &app->saved_mask, NULL);
}

int app_create(const struct app_options *options, struct app **ret, struct err *err)
{
	struct app *app = mem_alloc(sizeof(*app));
	app->options = *options;
	if (!app->options.clock)
		app->options.clock = &clock_system;
	/* Blocked before the size is read: a change in between waits on the descriptor. */
	int r = open_signals(app, err);
	if (r < 0) {
		mem_free(&app);
		return r;
	}
	struct term_options term = { .theme = options->theme, .log_path = options->log_path };
	r = term_start(&term, err);
	if (r < 0) {
		close_signals(app);
		mem_free(&app);
		return r;
	}
	app->keys = keys_create(
		&(struct keys_sink){ .context = app, on_key, on_scan, on_paste, on_is_code });
	app->polled = mem_alloc(2 * sizeof(*app->polled));
	app->house = mem_text("");
	app->last_input_ms = clock_ms(app->options.clock);
	app->is_dirty = true;
	*ret = app;
	return 0;
}

void app_destroy(struct app *app)
{
	if (!app)
		return;
	while (app->stack.count > 0) {
		take_off(app);
		reap(app);
	}
	keys_destroy(app->keys);
	term_stop();
	close_signals(app);
	while (app->notice_count > 0)
		notice_drop(app, 0);
	timers_finish(&app->timers);
	mem_free(&app->notices);
	mem_free(&app->watches);
	mem_free(&app->polled);
	mem_free(&app->stack.list);
	mem_free(&app->gone.list);
	mem_free(&app->house);
	mem_free(&app);
}

void *app_context(struct app *app)
{
	return app->options.context;
}

void app_set_house(struct app *app, const char *name)
{
	mem_free(&app->house);
	app->house = mem_text(name);
	app->is_dirty = true;
}
