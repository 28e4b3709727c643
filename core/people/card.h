/* Cards. A card carries 128 random bits and nothing else; the database keeps their BLAKE2b-256, so
 * that nobody who copies it can make cards. A resident has at most one valid card. */
#pragma once

#include "core/base/code.h"
#include "core/store/act.h"

struct card {
	int64_t id, resident;
	int64_t issued_at;
	int64_t revoked_at; /* 0: works */
};

/* A new card; the previous one is revoked in the same act. *ret_text is the payload (J1R…),
 * returned only this once: a repeat of the act returns "". ret_id may be NULL. ERR_NOT_FOUND
 * RESIDENT_UNKNOWN, ERR_REFUSED RESIDENT_LEFT. */
int card_issue(struct db *db, const struct act *act, int64_t resident, char ret_text[CODE_TEXT_MAX],
	int64_t *ret_id, struct err *err);

/* Lost: the resident's card is revoked. ERR_REFUSED CARD_NONE when there is none. */
int card_revoke(struct db *db, const struct act *act, int64_t resident, struct err *err);

/* The card with this token, if it is valid and its resident has not left. ERR_NOT_FOUND
 * CARD_UNKNOWN; ERR_REFUSED CARD_REVOKED, RESIDENT_LEFT, STAFF_CARD_ONLY (staff_card.h). */
int card_find(struct db *db, const unsigned char token[CODE_TOKEN_SIZE], struct card *ret,
	struct err *err);

/* The resident's valid card: 1, or 0 when there is none. */
int card_of(struct db *db, int64_t resident, struct card *ret, struct err *err);
