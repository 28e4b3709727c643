#include "core/store/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

#define MAGIC     "jiaplus backup 1"
#define MAGIC_LEN 16
#define NUMBERS   4
#define KEY_SIZE  crypto_secretstream_xchacha20poly1305_KEYBYTES
#define HEAD_SIZE                                                    \
	(MAGIC_LEN + NUMBERS * 8 + crypto_box_SEALBYTES + KEY_SIZE + \
		crypto_secretstream_xchacha20poly1305_HEADERBYTES)
#define AT_KEY    (MAGIC_LEN + NUMBERS * 8)
#define AT_STREAM (AT_KEY + crypto_box_SEALBYTES + KEY_SIZE)
#define CHUNK     65536
#define MORE      crypto_secretstream_xchacha20poly1305_ABYTES
#define FIRST     (1 + SEAL_PEPPER) /* the first message: the secrets */

typedef crypto_secretstream_xchacha20poly1305_state stream_state;

static void close_file(FILE **f)
{
	if (*f)
		fclose(*f);
}

static int unwritable(const char *path, struct err *err)
{
	int reason = errno == ENOSPC ? REASON_STORE_FULL : REASON_FILE_UNWRITABLE;

	return err_setf(err, ERR_STORAGE, reason_with_text(reason, path, 0), "%s", strerror(errno));
}

static int unreadable(const char *path, struct err *err)
{
	return err_setf(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORAGE,
		reason_with_text(
			errno == ENOENT ? REASON_FILE_MISSING : REASON_FILE_UNREADABLE, path, 0),
		"%s", strerror(errno));
}

static int bad(const char *path, const char *what, struct err *err)
{
	return err_setf(err, ERR_INVALID, REASON_TEXT(BACKUP_BAD, path), "%s", what);
}

/* ---- head ---- */

static void put_number(unsigned char *to, int64_t number)
{
	for (int i = 0; i < 8; i++)
		to[i] = (unsigned char)((uint64_t)number >> (8 * i));
}

static int64_t get_number(const unsigned char *from)
{
	uint64_t number = 0;

	for (int i = 0; i < 8; i++)
		number |= (uint64_t)from[i] << (8 * i);
	return (int64_t)number;
}

static void key_pair(const struct recovery *r, unsigned char public[crypto_box_PUBLICKEYBYTES],
	unsigned char secret[crypto_box_SECRETKEYBYTES])
{
	static const unsigned char purpose[] = "jiaplus: sealing of backups";
	unsigned char seed[crypto_box_SEEDBYTES];

	crypto_generichash(seed, sizeof(seed), r->seed, sizeof(r->seed), purpose, sizeof(purpose));
	crypto_box_seed_keypair(public, secret, seed);
	sodium_memzero(seed, sizeof(seed));
}

static void head_write(const struct seal_about *about, const struct recovery *recovery,
	unsigned char head[HEAD_SIZE], stream_state *stream)
{
	const int64_t numbers[NUMBERS] = { about->site, about->epoch, about->seq, about->made_at };
	unsigned char key[KEY_SIZE], public[crypto_box_PUBLICKEYBYTES],
		secret[crypto_box_SECRETKEYBYTES];

	memcpy(head, MAGIC, MAGIC_LEN);
	for (int i = 0; i < NUMBERS; i++)
		put_number(head + MAGIC_LEN + i * 8, numbers[i]);
	key_pair(recovery, public, secret);
	crypto_secretstream_xchacha20poly1305_keygen(key);
	crypto_box_seal(head + AT_KEY, key, sizeof(key), public);
	crypto_secretstream_xchacha20poly1305_init_push(stream, head + AT_STREAM, key);
	sodium_memzero(key, sizeof(key));
	sodium_memzero(secret, sizeof(secret));
}

static int head_open(const char *path, const unsigned char head[HEAD_SIZE],
	const struct recovery *recovery, stream_state *stream, struct err *err)
{
	unsigned char key[KEY_SIZE], public[crypto_box_PUBLICKEYBYTES],
		secret[crypto_box_SECRETKEYBYTES];

	key_pair(recovery, public, secret);
	int r = crypto_box_seal_open(
		key, head + AT_KEY, crypto_box_SEALBYTES + KEY_SIZE, public, secret);
	sodium_memzero(secret, sizeof(secret));
	if (r < 0)
		return err_set(err, ERR_REFUSED, REASON_TEXT(BACKUP_LOCKED, path));
	r = crypto_secretstream_xchacha20poly1305_init_pull(stream, head + AT_STREAM, key);
	sodium_memzero(key, sizeof(key));
	return r < 0 ? bad(path, "no stream", err) : 0;
}

bool seal_is(const char *path, struct seal_about *ret)
{
	CLEANUP(close_file) FILE *f = fopen(path, "re");
	unsigned char head[AT_KEY];

	if (!f || fread(head, 1, sizeof(head), f) != sizeof(head) ||
		memcmp(head, MAGIC, MAGIC_LEN) != 0)
		return false;
	*ret = (struct seal_about){
		.site = get_number(head + MAGIC_LEN),
		.epoch = get_number(head + MAGIC_LEN + 8),
		.seq = get_number(head + MAGIC_LEN + 16),
		.made_at = get_number(head + MAGIC_LEN + 24),
	};
	return true;
}

/* ---- sealing ---- */

static bool push(FILE *out, stream_state *stream, const unsigned char *bytes, size_t size,
	const unsigned char *head, unsigned char tag)
{
	unsigned char sealed[CHUNK + MORE];

	crypto_secretstream_xchacha20poly1305_push(
		stream, sealed, NULL, bytes, size, head, head ? HEAD_SIZE : 0, tag);
	return fwrite(sealed, 1, size + MORE, out) == size + MORE;
}

static int push_all(FILE *in, const char *plain, FILE *out, const char *to,
	const struct seal_secrets *secrets, const unsigned char head[HEAD_SIZE],
	stream_state *stream, struct err *err)
{
	CLEANUP(mem_free) unsigned char *chunk = mem_alloc(CHUNK);
	unsigned char first[FIRST] = { secrets->has_pepper };
	unsigned char tag = 0;

	memcpy(first + 1, secrets->pepper, SEAL_PEPPER);
	bool is_written = fwrite(head, 1, HEAD_SIZE, out) == HEAD_SIZE &&
			  push(out, stream, first, sizeof(first), head, tag);
	sodium_memzero(first, sizeof(first));
	while (is_written && tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
		size_t n = fread(chunk, 1, CHUNK, in);
		if (ferror(in))
			return unreadable(plain, err);
		if (n < CHUNK)
			tag = crypto_secretstream_xchacha20poly1305_TAG_FINAL;
		is_written = push(out, stream, chunk, n, NULL, tag);
	}
	if (!is_written || fflush(out) != 0 || fsync(fileno(out)) < 0)
		return unwritable(to, err);
	return 0;
}

int seal_write(const char *plain, const struct seal_secrets *secrets,
	const struct seal_about *about, const struct recovery *recovery, const char *to,
	struct err *err)
{
	CLEANUP(close_file) FILE *in = fopen(plain, "re");
	unsigned char head[HEAD_SIZE];
	struct seal_secrets back;
	stream_state stream;

	if (!in)
		return unreadable(plain, err);
	unlink(to);
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	CLEANUP(close_file) FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
	if (!out)
		return unwritable(to, err);
	head_write(about, recovery, head, &stream);
	int r = push_all(in, plain, out, to, secrets, head, &stream, err);
	sodium_memzero(&stream, sizeof(stream));
	if (r < 0)
		return r;
	/* From the disk, not from memory. */
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	r = seal_open(to, recovery, NULL, &back, err);
	sodium_memzero(&back, sizeof(back));
	return r;
}

/* ---- opening ---- */

static int pull(const char *path, stream_state *stream, const unsigned char *sealed, size_t size,
	const unsigned char *head, unsigned char *to, unsigned char *ret_tag, struct err *err)
{
	if (size < MORE || crypto_secretstream_xchacha20poly1305_pull(stream, to, NULL, ret_tag,
				   sealed, size, head, head ? HEAD_SIZE : 0) < 0)
		return bad(path, "damaged or cut", err);
	return 0;
}

static int pull_all(FILE *in, const char *path, FILE *out, const char *to, stream_state *stream,
	struct err *err)
{
	CLEANUP(mem_free) unsigned char *sealed = mem_alloc(CHUNK + MORE);
	CLEANUP(mem_free) unsigned char *chunk = mem_alloc(CHUNK);
	unsigned char tag = 0;

	while (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
		size_t n = fread(sealed, 1, CHUNK + MORE, in);
		if (ferror(in))
			return unreadable(path, err);
		TRY(pull(path, stream, sealed, n, NULL, chunk, &tag, err));
		if (out && fwrite(chunk, 1, n - MORE, out) != n - MORE)
			return unwritable(to, err);
	}
	if (fgetc(in) != EOF)
		return bad(path, "more than was sealed", err);
	if (out && (fflush(out) != 0 || fsync(fileno(out)) < 0))
		return unwritable(to, err);
	return 0;
}

static int open_stream(FILE *in, const char *path, const struct recovery *recovery,
	stream_state *stream, struct seal_secrets *ret, struct err *err)
{
	unsigned char head[HEAD_SIZE], sealed[FIRST + MORE], first[FIRST], tag;

	if (fread(head, 1, sizeof(head), in) != sizeof(head) || memcmp(head, MAGIC, MAGIC_LEN) != 0)
		return bad(path, "no backup", err);
	TRY(head_open(path, head, recovery, stream, err));
	size_t n = fread(sealed, 1, sizeof(sealed), in);
	TRY(pull(path, stream, sealed, n, head, first, &tag, err));
	if (n != sizeof(sealed))
		return bad(path, "cut", err);
	ret->has_pepper = first[0] != 0;
	memcpy(ret->pepper, first + 1, SEAL_PEPPER);
	sodium_memzero(first, sizeof(first));
	return 0;
}

int seal_open(const char *path, const struct recovery *recovery, const char *to,
	struct seal_secrets *ret, struct err *err)
{
	CLEANUP(close_file) FILE *in = fopen(path, "re");
	CLEANUP(close_file) FILE *out = NULL;
	stream_state stream;

	if (!in)
		return unreadable(path, err);
	if (to) {
		int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		out = fd < 0 ? NULL : fdopen(fd, "w");
		if (!out)
			return unwritable(to, err);
	}
	int r = open_stream(in, path, recovery, &stream, ret, err);
	if (r == 0)
		r = pull_all(in, path, out, to, &stream, err);
	sodium_memzero(&stream, sizeof(stream));
	return r;
}
