#include "core/exchange/signup_words.h"

#include <string.h>

#include "core/base/mem.h"

/* A word that is not here is not understood, and a line that is not understood completely is never
 * sure: so there is no need to think of every way to say no, only of every way to say nothing.
 * Characters that mean no are one character in signup_clean's text. */
static const struct {
	enum signup_word word;
	const char *ways; /* a space between them */
} words[] = {
	{ SIGNUP_WORD_NONE, "接龙 时间 我是 我 的 都 班 也 吧 了 哦 啊 呀 啦 嘅 值 每 每个 逢 下周 "
			    "下星期 下礼拜 本周 这周 本星期 这星期 那天 当天 [玫瑰] [微笑] [呲牙] "
			    "[愉快] [太阳] [爱心] [拥抱] [庆祝] [加油] [耶] [旺柴]" },
	{ SIGNUP_WORD_YES, "可以 都可以 也可以 行 都行 也行 得 都得 OK ok Ok 没问题 冇问题 有空 "
			   "有时间 得闲 得閒 方便 均可 皆可 都OK 都ok 能 来 能来 我来 没事 报名 "
			   "参加 到岗 值班 愿意" },
	{ SIGNUP_WORD_NO, "× 算了 取消 退出 改期 改天 改日 换人 换班 不报 不报名 不要 不用 不需要 "
			  "别 作废 撤回 没报 误报" },
	{ SIGNUP_WORD_AWAY,
		"不要排 别排 勿排 不排 莫排 唔好排 别安排 不要安排 请假 请个假 请一天假 告假 没空 "
		"没有空 冇空 无空 没时间 没有时间 冇时间 来不了 来不及 来不到 来唔到 唔来 去不了 "
		"到不了 "
		"赶不来 赶不到 赶不及 不来 不去 不到 不能 不能来 不能去 不能到 不能值班 不行 唔得 "
		"不得 唔得闲 唔得閒 不得闲 不得空 不了 有事 有约 有会 出差 不在 唔喺 外出 无法 "
		"没法 没办法 不可以 唔可以 不方便 唔方便 不便 走不开 抽不开 上班 加班 开会 住院 "
		"看病 旅游 出门 生病 病了 不参加 缺席 休息 休假 回老家" },
	{ SIGNUP_WORD_BUT, "除 除了 除开 除去 除却 除咗" },
	{ SIGNUP_WORD_OUTSIDE, "外 以外 之外 除外" },
	{ SIGNUP_WORD_REST, "其他 其它 其余 别的 另外的 剩下的" },
	{ SIGNUP_WORD_EITHER, "或 或者 或是 二选一 任选 之一 任一 其中一" },
	{ SIGNUP_WORD_THANKS,
		"收到 好 好的 好嘅 好滴 谢谢 多谢 感谢 唔该 辛苦 辛苦了 大家辛苦 知道 "
		"知道了 明白 明白了 了解 嗯 嗯嗯 👍 [强] [OK] [握手] [抱拳] [胜利] [鼓掌] 赞 支持 "
		"加油 哈哈 大家好 "
		"已阅 已读" },
	{ SIGNUP_WORD_ANY, "随便 随意 随时 都无所谓 无所谓 冇所谓 听安排 服从安排 看安排 哪天都行 "
			   "哪天都可以 边日都得 几时都得 什么时候都行 什么时候都可以 任何时间 "
			   "任何时候" },
	{ SIGNUP_WORD_UNSURE, "可能 不一定 不确定 唔一定 没定 未定 好像 好似 别人 行程 能否 是否 "
			      "来不来 行不行 能不能 得唔得 有没有空 有冇空 了吗" },
};

/* Of one character, and yet not part of a longer word after letters that are no word. */
static bool is_sign(const char *word)
{
	return strncmp(word, "×", strlen("×")) == 0;
}

/* Only words that contradict a plain yes are looked for within other letters. */
static bool is_found_within(enum signup_word word, const char *way, size_t len)
{
	bool is_short = len <= strlen("除") && !is_sign(way);

	switch (word) {
	case SIGNUP_WORD_EITHER:
		return true;
	case SIGNUP_WORD_NO:
	case SIGNUP_WORD_AWAY:
	case SIGNUP_WORD_BUT:
	case SIGNUP_WORD_OUTSIDE:
	case SIGNUP_WORD_REST:
	case SIGNUP_WORD_UNSURE:
		return !is_short;
	case SIGNUP_WORD_NONE:
	case SIGNUP_WORD_YES:
	case SIGNUP_WORD_THANKS:
	case SIGNUP_WORD_ANY:
		return false;
	}
	return false;
}

bool signup_take_known(const char **s, bool is_within, enum signup_word *ret)
{
	size_t longest = 0;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		for (const char *way = words[i].ways; *way;) {
			size_t len = strcspn(way, " ");
			if (len > longest && strncmp(*s, way, len) == 0 &&
				(!is_within || is_found_within(words[i].word, way, len))) {
				longest = len;
				*ret = words[i].word;
			}
			way += len + strspn(way + len, " ");
		}
	*s += longest;
	return longest > 0;
}
