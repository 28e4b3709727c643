/* Sentences and cures for reasons of people, things, points, rooms and duty (words_reason.c). */
#pragma once

#include "core/base/msgid.h"

/* X(reason, shows, what is so, what would cure it). `shows` has a letter for each argument of the
 * reason (reason.h), in that order; it says as what the value is shown:
 *   s text   f name of a field   n number   t instant   D its day   d days   l items   L lines
 *   c characters   x times   T tries   p points   m minutes   w weekday   r role
 *   ! for technicians, in English: never in the sentence (words_technical) */
#define VENUE_PHRASES(X)                                                                           \
	X(CODE_FOREIGN, "", N_("This is not one of our codes"),                                    \
		N_("Scan a share card or the label on an item. Without a card, ask a volunteer"))  \
	X(CODE_PAYMENT, "", N_("This is a code to pay with"),                                      \
		N_("Keep payment codes to yourself: this machine takes no money"))                 \
	X(CODE_DAMAGED, "", N_("The code could not be read whole"),                                \
		N_("Scan it again, or type the number under it"))                                  \
	X(CODE_WRONG_TYPE, "f", N_("This is not the code of: %1$s"),                               \
		N_("Scan the code that is asked for"))                                             \
	X(CODE_OUTDATED, "", N_("This slip does not work any more"),                               \
		N_("Use the one printed last, or have a new slip printed"))                        \
	X(TEXT_EMPTY, "f", N_("Nothing is written for: %1$s"), N_("Fill it in"))                   \
	X(TEXT_TOO_LONG, "fc", N_("Too long: %1$s may have %2$s"), N_("Shorten it"))               \
	X(TEXT_NOT_UTF8, "f", N_("Some characters could not be read in: %1$s"),                    \
		N_("Type it again, or save the file as UTF-8"))                                    \
	X(TEXT_CONTROL, "f", N_("There are signs that cannot be shown in: %1$s"),                  \
		N_("Type it again with letters, digits and ordinary signs"))                       \
	X(OPERAND_BAD, "f", N_("This is neither the number nor the code of: %1$s"),                \
		N_("Give one number, such as 7, or the whole code as it is printed"))              \
	X(NUMBERS_BAD, "s", N_("This is no list of numbers: %1$s"),                                \
		N_("Write a list as 3,5 or 9-12, the smaller number first"))                       \
	X(NUMBER_RANGE, "fnn", N_("This number does not fit: %1$s"),                               \
		N_("Give a whole number from %2$s to %3$s"))                                       \
	X(NUMBER_BAD, "f", N_("This number does not fit: %1$s"),                                   \
		N_("Give a number in the range that is allowed"))                                  \
	X(WORD_BAD, "f", N_("This word is not one of those for: %1$s"),                            \
		N_("Take a word as an exported table or the screen has it"))                       \
	X(DATE_BAD, "f", N_("This is not a date or time that fits: %1$s"),                         \
		N_("Write a date as 2026-11-21 and a time as 2026-11-21T19:00"))                   \
	X(WEEK_BAD, "s", N_("This is not a week: %1$s"), N_("Write a week as 2026-W48"))           \
	X(MONTH_BAD, "s", N_("This is not a month: %1$s"), N_("Write a month as 2026-11"))         \
	X(PHONE_BAD, "f", N_("This is not a phone number: %1$s"),                                  \
		N_("Write digits only, 3 to 15 of them"))                                          \
	X(NUMBER_CUT, "f", N_("A spreadsheet has cut this number short: %1$s"),                    \
		N_("Set the column's format to text, and enter the number again"))                 \
	X(PIN_UNASKED, "", N_("There is no terminal to ask for the PIN on, or nothing was typed"), \
		N_("Type it, or name a file that has it: --pin-file FILE"))                        \
	X(SETTING_UNKNOWN, "s", N_("There is no setting named %1$s"),                              \
		N_("Look the name up in the list of settings"))                                    \
	X(SETTING_BAD, "s", N_("This value does not fit the setting %1$s"),                        \
		N_("Give one of the values that the list of settings names"))                      \
	X(HOURS_BAD, "w", N_("The opening hours of %1$s overlap, or end before they begin"),       \
		N_("Give each period a start and a later end, apart from the others"))             \
	X(STAFF_CODE_BAD, "s", N_("%1$s cannot be a staff code"),                                  \
		N_("Use small letters, digits and -, beginning with a letter"))                    \
	X(CARD_UNKNOWN, "", N_("This card is not known here"),                                     \
		N_("A volunteer can look the person up and issue a new card"))                     \
	X(CARD_REVOKED, "", N_("This card has been reported lost and no longer works"),            \
		N_("Use the newer card, or ask a volunteer for one"))                              \
	X(CARD_NONE, "", N_("This person has no card that works"),                                 \
		N_("A volunteer can issue one"))                                                   \
	X(RESIDENT_UNKNOWN, "", N_("This person is not registered here"),                          \
		N_("A volunteer can register them"))                                               \
	X(RESIDENT_LEFT, "", N_("This person is listed as having moved away"),                     \
		N_("A volunteer can register them again"))                                         \
	X(RESIDENT_NO_CONSENT, "", N_("The privacy notice has not been agreed to yet"),            \
		N_("Read it out, and go on once the person agrees"))                               \
	X(RESIDENT_PAUSED, "D",                                                                    \
		N_("Borrowing, booking, rooms, redeeming and signing up are paused for this card " \
		   "until %1$s"),                                                                  \
		N_("Things can be given back as always. The coordinator knows why, and can end "   \
		   "the pause"))                                                                   \
	X(PAUSE_NONE, "", N_("Nothing is paused for this person"), N_("Nothing needs to be done")) \
	X(CONSENT_OPEN, "", N_("The privacy notice has not been agreed to yet"),                   \
		N_("Scan the card again and answer the question, or ask a volunteer"))             \
	X(CONSENT_GUARDIAN, "", N_("For a child under 14 its guardian agrees to the notice"),      \
		N_("The guardian scans their own card, or comes along to a volunteer"))            \
	X(GUARDIAN_NEEDED, "", N_("A child under 14 needs a guardian who agrees"),                 \
		N_("Register the guardian first, and name them here"))                             \
	X(GUARDIAN_UNFIT, "", N_("A child cannot be a guardian, nor can anybody be their own"),    \
		N_("Name an adult"))                                                               \
	X(FETCHER_BAD, "s", N_("Nobody who may fetch this child has the number %1$s"),             \
		N_("Write the number on their card, or a name"))                                   \
	X(FETCHERS_MANY, "n", N_("At most %1$s people may be named who fetch a child"),            \
		N_("Name fewer"))                                                                  \
	X(NUMBER_TAKEN, "n", N_("Number %1$s is already in use"),                                  \
		N_("Leave the number empty to get the next free one"))                             \
	X(STAFF_UNKNOWN, "s", N_("There is no staff member %1$s"),                                 \
		N_("Check the name behind --as, or ask an administrator"))                         \
	X(STAFF_EXISTS, "s", N_("%1$s already has a staff account"),                               \
		N_("Choose another code, or use the account that is there"))                       \
	X(PIN_WRONG, "T", N_("That is not the right PIN, %1$s left"),                              \
		N_("Try again slowly; an administrator can set a new one"))                        \
	X(PIN_LOCKED, "t", N_("After several wrong PINs this account rests until %1$s"),           \
		N_("Wait until then, or ask an administrator to end the wait"))                    \
	X(PIN_SHAPE, "n", N_("A PIN has %1$s digits"), N_("Type all of them"))                     \
	X(PIN_WEAK, "", N_("This PIN is one that anybody would try first"),                        \
		N_("Choose another one, without a pattern"))                                       \
	X(PIN_NONE, "", N_("No PIN has been set for this account"),                                \
		N_("Ask an administrator to set one"))                                             \
	X(TOKEN_WRONG, "", N_("The token file does not belong to this account"),                   \
		N_("Name the right file, or have a new token issued"))                             \
	X(STAFF_NOT_SERVICE, "s", N_("%1$s is a person's account, not a service account"),         \
		N_("Use the PIN"))                                                                 \
	X(STAFF_HAS_CARD, "n",                                                                     \
		N_("This member of staff has a share card of their own, as resident number %1$s"), \
		N_("Their share card opens staff mode. If it is lost, print it anew"))             \
	X(STAFF_CARD_ONLY, "", N_("This is a staff card: it opens staff mode and nothing else"),   \
		N_("Press F9, then scan it again"))                                                \
	X(ROLE_NEEDED, "r", N_("This takes the role of %1$s"),                                     \
		N_("Ask one to do it, or to sign in"))                                             \
	X(SERVICE_ONLY, "", N_("A service account does only what the night needs"),                \
		N_("Do it as a member of staff: --as and their PIN"))                              \
	X(PERSON_EXISTS, "n",                                                                      \
		N_("Somebody with this name and phone number is registered already, as number "    \
		   "%1$s"),                                                                        \
		N_("Use that entry, or confirm that it is another person"))                        \
	X(PERSON_ALIKE, "n",                                                                       \
		N_("Somebody of this name is here already, as number %1$s, but the phone number "  \
		   "or the home is another one or not known"),                                     \
		N_("If it is the same person, write that number into the column for numbers; if "  \
		   "not, write 新 there, or import with --again"))                                 \
	X(PERSON_SEVERAL, "s", N_("There are several people here who would be %1$s"),              \
		N_("Give the number on the card, or name and phone number"))                       \
	X(NUMBER_OF_OTHER, "n", N_("Number %1$s belongs to somebody of another name"),             \
		N_("Check number and name"))                                                       \
	X(RESIDENT_HAS_LOANS, "l", N_("This person still has %1$s"),                               \
		N_("Have them brought back first"))                                                \
	X(RESIDENT_HAS_KEYS, "l", N_("This person still has %1$s handed over: keys or remotes"),   \
		N_("Have them brought back first"))                                                \
	X(RESIDENT_HAS_DEPOSIT, "p", N_("A deposit of %1$s of this person is still held"),         \
		N_("Look at what was brought back, and settle the deposit first"))                 \
	X(RESIDENT_OWNS, "n", N_("Things or rights of use here belong to this person: %1$s"),      \
		N_("Name other owners, and end the rights of use first"))                          \
	X(RESIDENT_IS_GUARDIAN, "n", N_("This person is the guardian of children here: %1$s"),     \
		N_("Name another guardian for each of them first"))                                \
	X(RESIDENT_IS_STAFF, "s", N_("This person still has the staff account %1$s"),              \
		N_("An administrator ends the account first"))                                     \
	X(MERGE_SAME, "", N_("That is the same record twice"),                                     \
		N_("Name the other record of this person"))                                        \
	X(MERGE_SHIFT, "", N_("Both records are on the same shift"),                               \
		N_("Take one of the two off it first"))                                            \
	X(MERGE_SERVED, "", N_("The two have helped each other, so they are two people"),          \
		N_("Look at both pages again"))                                                    \
	X(MERGE_STAFF, "", N_("Both records have a staff account"),                                \
		N_("An administrator ends one of the two accounts first"))                         \
	X(MESSAGE_UNKNOWN, "", N_("This message is not there any more"),                           \
		N_("Nothing needs to be done"))                                                    \
	X(ITEM_UNKNOWN, "", N_("This item is not known here"),                                     \
		N_("Scan its label again; a volunteer can add it"))                                \
	X(ITEM_OUT_SAME_VISIT, "", N_("Already lent in this visit"),                               \
		N_("No need to scan it again"))                                                    \
	X(ITEM_OUT_SELF, "t", N_("You have this item already, due %1$s"),                          \
		N_("Return or renew it"))                                                          \
	X(ITEM_OUT_OTHER, "t", N_("This item is out, due %1$s"),                                   \
		N_("Choose another one, or come back after that"))                                 \
	X(ITEM_NOT_OUT, "", N_("This item is on the shelf already"),                               \
		N_("Nothing needs to be returned"))                                                \
	X(ITEM_SEVERAL, "", N_("There are several copies of this"),                                \
		N_("Scan the label of the one in your hand, or type its number"))                  \
	X(ITEMS_ALIKE, "l", N_("%1$s of this kind can be the same, and here already"),             \
		N_("Write their numbers into the column for numbers; for one more write 新 "      \
		   "there, "                                                                       \
		   "or import with --again. --skip-bad FILE takes the other lines"))               \
	X(ITEM_MAINTENANCE, "", N_("This item is in repair"),                                      \
		N_("Choose another one, or ask a volunteer when it will be ready"))                \
	X(ITEM_MISSING, "", N_("This item is listed as not found"),                                \
		N_("Hand it to a volunteer, who can put it back on the list"))                     \
	X(ITEM_RETIRED, "", N_("This item has been taken out of use"), N_("Choose another one"))   \
	X(ITEM_TURNAROUND, "t", N_("This item is being made ready until %1$s"),                    \
		N_("Come back after that, or ask a volunteer"))                                    \
	X(ITEM_RESTING, "", N_("This item is being made ready"),                                   \
		N_("Come back later, or ask a volunteer"))                                         \
	X(ITEM_NOT_FOR_LOAN, "", N_("This item is not lent out on this card"),                     \
		N_("It may be used here; a volunteer can explain"))                                \
	X(ITEM_EXPIRED, "D", N_("What is in it was good until %1$s"),                              \
		N_("Choose another one; a volunteer can renew the contents"))                      \
	X(ITEM_UNINSPECTED, "D", N_("Its safety inspection held until %1$s"),                      \
		N_("Choose another one; a volunteer can have it inspected"))                       \
	X(ITEM_APPROVAL, "", N_("A volunteer hands this one out"),                                 \
		N_("Ask a volunteer to lend it"))                                                  \
	X(ITEM_IN_KIT, "n", N_("This belongs to the kit %1$s and goes with it"),                   \
		N_("Scan the label of the kit"))                                                   \
	X(ITEM_CONSUMABLE, "", N_("This is handed out to use up, it is not lent"),                 \
		N_("A volunteer notes down how many are taken"))                                   \
	X(STOCK_OUT, "", N_("There is none left"), N_("Come back later, or ask a volunteer"))      \
	X(STOCK_SHORT, "n", N_("Only %1$s left"), N_("Take fewer"))                                \
	X(STOCK_NONE, "", N_("No stock is counted of this title"),                                 \
		N_("Mark it as something to use up first"))                                        \
	X(ITEM_ONSITE, "", N_("For use in the house, until it closes today"),                      \
		N_("Bring it back before you leave"))                                              \
	X(ITEM_EXPIRES_SOON, "D", N_("What is in it is good until %1$s"),                          \
		N_("Have a look at the dates before using it"))                                    \
	X(ITEM_INSPECT_SOON, "D", N_("Its safety inspection holds until %1$s"),                    \
		N_("A volunteer arranges the next one"))                                           \
	X(KIT_INCOMPLETE, "l", N_("The kit is not whole: %1$s missing"),                           \
		N_("Look at the list of what is in it"))                                           \
	X(KIT_NESTED, "", N_("A kit cannot be inside another one"),                                \
		N_("Put in the single things"))                                                    \
	X(KIT_NOT_IN, "", N_("This is in no kit"), N_("Nothing needs to be done"))                 \
	X(PART_TOO_MANY, "n", N_("A list of parts has at most %1$s lines"),                        \
		N_("Write small things in one line, such as: screws and plugs"))                   \
	X(OWNER_TWICE, "", N_("The same person is named twice"),                                   \
		N_("Name each owner once, with the whole share"))                                  \
	X(ITEM_HELD, "", N_("This item is put aside for somebody else"),                           \
		N_("Reserve it to be next, or choose another one"))                                \
	X(ITEM_CHECK, "", N_("This item has come back and waits to be looked over"),               \
		N_("Ask a volunteer to look it over"))                                             \
	X(HOLD_UNKNOWN, "", N_("This reservation is not known here"),                              \
		N_("Look at the list of reservations"))                                            \
	X(HOLD_ENDED, "", N_("This reservation is over"), N_("Nothing needs to be done"))          \
	X(HOLD_EXISTS, "", N_("This is reserved already"), N_("No need to reserve it again"))      \
	X(HOLD_HAS_COPY, "t", N_("One of these is out on this card already, due %1$s"),            \
		N_("Renew it, or reserve it once it is back"))                                     \
	X(HOLD_ON_SHELF, "", N_("One of these is on the shelf"),                                   \
		N_("Take it from there and scan it"))                                              \
	X(HOLD_NO_COPY, "", N_("There is none of these that is lent out"),                         \
		N_("Choose another one, or ask a volunteer"))                                      \
	X(TITLE_UNKNOWN, "", N_("This title is not known here"), N_("A volunteer can add it"))     \
	X(TITLE_SEVERAL, "s", N_("Several titles are called %1$s"),                                \
		N_("Name its ISBN or its category too"))                                           \
	X(CATEGORY_UNKNOWN, "s", N_("There is no such category: %1$s"),                            \
		N_("Choose one from the list"))                                                    \
	X(NAME_EXISTS, "s", N_("%1$s is there already"),                                           \
		N_("Choose another name, or use the entry that is there"))                         \
	X(LOAN_UNKNOWN, "", N_("There is no loan with this number"),                               \
		N_("Check the number on the receipt"))                                             \
	X(LOAN_CLOSED, "", N_("This loan is over"), N_("Nothing needs to be done"))                \
	X(LOAN_OVERLAPS, "t", N_("This thing was out already, since %1$s"),                        \
		N_("Check when it was lent and returned"))                                         \
	X(LOAN_DIFFERS, "n",                                                                       \
		N_("This loan is kept here already, as number %1$s, with other dates"),            \
		N_("Leave the line out, or give the dates that are kept"))                         \
	X(LOAN_CLAIMED, "", N_("It is noted already that this was brought back"),                  \
		N_("Nothing needs to be done; a volunteer looks for it"))                          \
	X(RECALL_NOT_EARLIER, "t", N_("It is due %1$s anyway"), N_("Nothing needs to be done"))    \
	X(ITEM_OWNED, "", N_("This belongs to a resident who lends it through the venue"),         \
		N_("Ask its owner; then do it as an exception, with a reason"))                    \
	X(MOVE_UNKNOWN, "", N_("There is no donation, sale, swap or gift with this number"),       \
		N_("Check the number on the slip"))                                                \
	X(PRICE_NONE, "s", N_("No price is noted for %1$s"), N_("Write one in"))                   \
	X(PRICE_FIXED, "", N_("The price is not the one that is noted"),                           \
		N_("Leave the price empty, or do it as an exception, with a reason"))              \
	X(VALUE_NONE, "s", N_("No value in points is noted for %1$s"),                             \
		N_("Say how many points it is worth"))                                             \
	X(FUND_LINE_UNKNOWN, "", N_("There is no such line in the fund's journal"),                \
		N_("Look at the fund's journal"))                                                  \
	X(FUND_REVERSED, "", N_("This line of the fund has been taken back already"),              \
		N_("Nothing needs to be done"))                                                    \
	X(BODY_UNKNOWN, "", N_("There is no such body"), N_("Look at the list of bodies"))         \
	X(TRANSFER_UNKNOWN, "", N_("There is no transfer with this number"),                       \
		N_("Look at the statement"))                                                       \
	X(TRANSFER_REVERSED, "", N_("This transfer has been taken back already"),                  \
		N_("Nothing needs to be done"))                                                    \
	X(TRANSFER_BOUND, "", N_("This belongs to a deposit or a redemption"),                     \
		N_("Settle the deposit or undo the redemption where it was made"))                 \
	X(REVERSAL_UNKNOWN, "", N_("Nothing like this waits to be taken back"),                    \
		N_("Look at the list of what waits"))                                              \
	X(REVERSAL_WAITS, "", N_("This waits already for a coordinator"),                          \
		N_("Ask the coordinator"))                                                         \
	X(REVERSAL_SETTLED, "", N_("This has been decided already"),                               \
		N_("Nothing needs to be done"))                                                    \
	X(SECOND_PERSON, "", N_("This takes a second person"),                                     \
		N_("Ask somebody else than the one who asked for it"))                             \
	X(OPENING_DIFFERS, "p", N_("%1$s have been carried over already"),                         \
		N_("Correct it by a posting with a reason"))                                       \
	X(FREEZE_UNKNOWN, "", N_("There is no such deposit"), N_("Look at the loan"))              \
	X(FREEZE_EXISTS, "", N_("A deposit is held for this already"),                             \
		N_("Nothing needs to be done"))                                                    \
	X(FREEZE_SETTLED, "", N_("This deposit is settled"), N_("Nothing needs to be done"))       \
	X(EARN_RULE_UNKNOWN, "", N_("There is no such rule for earning points"),                   \
		N_("Look at the list of rules"))                                                   \
	X(EARN_RULE_ENDED, "", N_("This rule for earning points has been replaced or ended"),      \
		N_("Use the one in force"))                                                        \
	X(EARNED_ALREADY, "", N_("The points for this have been given already"),                   \
		N_("Nothing needs to be done"))                                                    \
	X(EARNING_UNKNOWN, "", N_("Nothing like this waits for approval"),                         \
		N_("Look at the list of what waits"))                                              \
	X(EARNING_SETTLED, "", N_("This has been decided already"),                                \
		N_("Nothing needs to be done"))                                                    \
	X(SKILL_SERVICE_UNKNOWN, "", N_("There is no such help agreed"), N_("Check the number"))   \
	X(SKILL_SERVICE_ENDED, "", N_("This help is confirmed or cancelled already"),              \
		N_("Nothing needs to be done"))                                                    \
	X(NOT_A_SIDE, "", N_("Only the two neighbours themselves confirm this"),                   \
		N_("Scan the card of one of them"))                                                \
	X(REWARD_UNKNOWN, "", N_("There is no such reward"), N_("Look at the list of rewards"))    \
	X(REWARD_ENDED, "", N_("This reward is no longer given"), N_("Choose another one"))        \
	X(REDEMPTION_UNKNOWN, "", N_("There is no redemption with this number"),                   \
		N_("Check the number on the receipt"))                                             \
	X(REDEMPTION_UNDONE, "", N_("This redemption has been undone already"),                    \
		N_("Nothing needs to be done"))                                                    \
	X(REDEMPTION_LATE, "", N_("Only what was redeemed today can be undone"),                   \
		N_("A coordinator can put it right with a reason"))                                \
	X(REDEMPTION_SETTLED, "", N_("This has been settled with the merchant"),                   \
		N_("Undo that first"))                                                             \
	X(SETTLEMENT_UNKNOWN, "", N_("No such settlement stands"),                                 \
		N_("Look at the merchant's list"))                                                 \
	X(SETTLEMENT_EMPTY, "", N_("There is nothing to settle"), N_("Used vouchers come here"))   \
	X(VOUCHER_USED, "t", N_("This voucher was used %1$s"), N_("It works once only"))           \
	X(VOUCHER_EXPIRED, "D", N_("This voucher was good until %1$s"),                            \
		N_("A new one can be had for points"))                                             \
	X(VOUCHER_UNDONE, "", N_("This voucher has been taken back"),                              \
		N_("It is worth nothing any more"))                                                \
	X(USE_RIGHT_UNKNOWN, "", N_("There is no such right of use"),                              \
		N_("Look at the list of rights"))                                                  \
	X(USE_RIGHT_ENDED, "", N_("This right of use has ended"),                                  \
		N_("A new one can be agreed on"))                                                  \
	X(TICKET_UNKNOWN, "", N_("There is no repair ticket with this number"),                    \
		N_("Look at the list of repairs"))                                                 \
	X(TICKET_EXISTS, "n", N_("Repair ticket %1$s is open for this item"),                      \
		N_("Go on with that one"))                                                         \
	X(TICKET_CLOSED, "", N_("This repair ticket is closed"), N_("Nothing needs to be done"))   \
	X(STOCKTAKE_UNKNOWN, "", N_("There is no stocktake with this number"),                     \
		N_("Start one from the volunteer's menu"))                                         \
	X(STOCKTAKE_OPEN, "n", N_("Stocktake %1$s is not closed yet"), N_("Close it first"))       \
	X(STOCKTAKE_CLOSED, "", N_("This stocktake is closed"), N_("Start a new one"))             \
	X(VENUE_UNKNOWN, "", N_("This room is not known here"),                                    \
		N_("Scan the code at its door again"))                                             \
	X(VENUE_FULL, "nn", N_("The room is full: %1$s of %2$s"),                                  \
		N_("Come back later, or ask a volunteer"))                                         \
	X(VENUE_SIGNED_IN, "t", N_("Already signed in here since %1$s"),                           \
		N_("No need to sign in again"))                                                    \
	X(VENUE_NOT_SIGNED_IN, "", N_("Not signed in to any room"),                                \
		N_("Scan a room's code to sign in"))                                               \
	X(VENUE_NOT_BOOKABLE, "", N_("This room is not booked, it is simply open"),                \
		N_("Come in while it is open"))                                                    \
	X(VENUE_CLOSED, "tt", N_("The room is not open then: it opens %1$s and closes %2$s"),      \
		N_("Choose a time while it is open"))                                              \
	X(VENUE_BLACKOUT, "ts", N_("The room is out of use until %1$s: %2$s"),                     \
		N_("Choose another time or another room"))                                         \
	X(VENUE_BOOKED, "tt", N_("The room is booked from %1$s until %2$s"),                       \
		N_("Come back later, or a volunteer can let you in"))                              \
	X(VENUE_OPENS, "t", N_("The room is closed now and opens %1$s"),                           \
		N_("Come back then, or ask a volunteer"))                                          \
	X(VENUE_SHUT, "", N_("The room is closed then"),                                           \
		N_("Choose another day, or ask a volunteer"))                                      \
	X(VENUE_PLACES, "nn", N_("There is room for %1$s, and you are %2$s"),                      \
		N_("Come with fewer, or ask a volunteer"))                                         \
	X(VENUE_ELSEWHERE, "ts", N_("Signed in since %1$s to %2$s"),                               \
		N_("Signing in here signs you out there"))                                         \
	X(VENUE_GROUP, "nt", N_("Signed in here together: %1$s people, since %2$s"),               \
		N_("Say whether all of them are leaving"))                                         \
	X(BOOKING_UNKNOWN, "", N_("This booking is not known here"),                               \
		N_("Check its number, or look in the list of bookings"))                           \
	X(BOOKING_ENDED, "", N_("This booking is over or was cancelled"), N_("Make a new one"))    \
	X(BOOKING_BEGUN, "", N_("This booking has begun already"),                                 \
		N_("Sign in, or sign out when leaving"))                                           \
	X(BOOKING_NOT_ASKED, "", N_("This booking does not wait for approval"),                    \
		N_("Look at it again: somebody may have decided already"))                         \
	X(BOOKING_PAST, "", N_("This time is over"), N_("Choose a later time"))                    \
	X(BOOKING_SOON, "t", N_("This room is booked some time ahead: from %1$s on"),              \
		N_("Choose a later time, or ask a volunteer"))                                     \
	X(BOOKING_FAR, "t", N_("This room can be booked until %1$s so far"),                       \
		N_("Choose an earlier day, or come back later"))                                   \
	X(BOOKING_SHORT, "m", N_("A booking of this room lasts %1$s at least"),                    \
		N_("Book a longer time"))                                                          \
	X(BOOKING_LONG, "m", N_("A booking of this room lasts %1$s at most"),                      \
		N_("Book a shorter time, or ask a volunteer"))                                     \
	X(BOOKING_OFF_SLOT, "tt",                                                                  \
		N_("This room is booked in fixed times: the nearest is from %1$s until %2$s"),     \
		N_("Choose one of its fixed times"))                                               \
	X(BOOKING_PEOPLE, "nn", N_("Too many people for this room: %1$s, and it holds %2$s"),      \
		N_("Choose a larger room, or come with fewer"))                                    \
	X(BOOKING_TAKEN, "tt", N_("The room is booked from %1$s until %2$s"),                      \
		N_("Choose another time, or wait in case it becomes free"))                        \
	X(BOOKING_CROWDED, "nn", N_("%1$s places are left then, and %2$s are asked for"),          \
		N_("Come with fewer, or choose another time"))                                     \
	X(BOOKING_OWN, "tt",                                                                       \
		N_("There is another booking of the same person from %1$s until %2$s"),            \
		N_("Cancel that one first, or choose another time"))                               \
	X(BOOKING_FREE, "", N_("The room is free then"), N_("Book it straight away"))              \
	X(BOOKING_EARLY, "t", N_("It is too early to sign in: from %1$s on"),                      \
		N_("Come back then, or ask a volunteer"))                                          \
	X(BOOKING_AHEAD, "t",                                                                      \
		N_("You have booked this room today, and can sign in with that from %1$s on"),     \
		N_("Come back then, or go in without it until then"))                              \
	X(BOOKING_UNAPPROVED, "", N_("This booking waits for a volunteer's yes"),                  \
		N_("Ask a volunteer"))                                                             \
	X(BOOKING_RELEASED, "t", N_("Nobody had signed in by %1$s, so the room was given free"),   \
		N_("Sign in without a booking if it is empty, or book again"))                     \
	X(SERIES_CONFLICTS, "n", N_("Times of this series that cannot be had: %1$s"),              \
		N_("Leave those out, or choose other times"))                                      \
	X(SERIES_UNKNOWN, "", N_("This series of bookings is not known here"),                     \
		N_("Look in the list of bookings"))                                                \
	X(SESSION_UNKNOWN, "", N_("Nobody is signed in under this"), N_("Look at who is in now"))  \
	X(BLACKOUT_UNKNOWN, "", N_("This time out of use is not known here"),                      \
		N_("Look at the list again: somebody may have taken it away"))                     \
	X(BLACKOUT_BOOKED, "n", N_("Bookings that stand at that time: %1$s"),                      \
		N_("Call these people first, then cancel their bookings"))                         \
	X(EXCEPTION_UNKNOWN, "", N_("These special hours are not known here"),                     \
		N_("Look at the list again: somebody may have taken them away"))                   \
	X(THING_UNKNOWN, "", N_("This does not belong to the room"),                               \
		N_("Look at the list of what comes with it"))                                      \
	X(THING_OUT, "t", N_("This was handed over %1$s and is not back"),                         \
		N_("Take it back first"))                                                          \
	X(THING_NOT_OUT, "", N_("This has not been handed over"),                                  \
		N_("Look at the list of what is out"))                                             \
	X(SHIFT_UNKNOWN, "", N_("This shift is not known here"), N_("Look at the roster"))         \
	X(SHIFT_NOT_ASSIGNED, "", N_("Not on the roster of this shift"),                           \
		N_("The coordinator can add a name"))                                              \
	X(SHIFT_ASSIGNED, "", N_("Already on the roster of this shift"),                           \
		N_("Nothing needs to be done"))                                                    \
	X(SHIFT_FULL, "n", N_("This shift has its %1$s people"),                                   \
		N_("Choose a shift with open places, or ask the coordinator"))                     \
	X(SHIFT_HAS_LEADER, "", N_("This shift has a leader already"),                             \
		N_("Join without leading, or ask the coordinator"))                                \
	X(LEADER_CHILD, "", N_("A child does not lead a shift"), N_("Let an adult lead it"))       \
	X(SHIFT_NOT_NOW, "tt", N_("Signing in is open from %1$s until %2$s"),                      \
		N_("Come back then, or ask the coordinator to enter it"))                          \
	X(SHIFT_SIGNED_IN, "t", N_("Already signed in since %1$s"),                                \
		N_("No need to sign in again"))                                                    \
	X(SHIFT_NOT_SIGNED_IN, "", N_("Not signed in to this shift"),                              \
		N_("Sign in first, or ask the coordinator to enter it"))                           \
	X(SHIFT_CANCELLED, "", N_("This shift is cancelled"), N_("Choose another shift"))          \
	X(SHIFT_OVER, "t", N_("This shift was over at %1$s"),                                      \
		N_("Choose a later shift, or let the coordinator enter it"))                       \
	X(SHIFT_NOT_STARTED, "t", N_("This shift begins only at %1$s"),                            \
		N_("Wait until it has begun"))                                                     \
	X(SHIFT_EXISTS, "", N_("There is such a shift at this time, or it was cancelled"),         \
		N_("Choose another beginning, or leave its kind out"))                             \
	X(SHIFT_TYPE_UNKNOWN, "", N_("This kind of shift is not known here"),                      \
		N_("Look at the list of kinds of shifts"))                                         \
	X(DUTY_ROLE_UNKNOWN, "s", N_("There is no role %1$s"), N_("Look at the list of roles"))    \
	X(VOLUNTEER_UNKNOWN, "", N_("Not registered as a volunteer yet"),                          \
		N_("A volunteer on duty can register a new one"))                                  \
	X(VOLUNTEER_ENDED, "", N_("Does not serve any more"),                                      \
		N_("The coordinator can register them again"))                                     \
	X(VOLUNTEER_EXEMPT, "s", N_("Is excused from duty until %1$s"), N_("Ask somebody else"))   \
	X(DUTY_AWAY, "", N_("Has said no to this time"),                                           \
		N_("Ask somebody else, or ask them first"))                                        \
	X(DUTY_LEAVE, "", N_("Has asked for leave from this shift"),                               \
		N_("Ask somebody else, or ask whether they can come after all"))                   \
	X(DUTY_CANNOT_TAKE, "", N_("This person cannot take the shift"),                           \
		N_("Ask somebody else, or look for a stand-in"))                                   \
	X(DUTY_WOULD_LACK, "s", N_("The shift would be left without: %1$s"),                       \
		N_("Find somebody who is that first"))                                             \
	X(DUTY_OVERLAP, "tt", N_("Has another shift at that time: %1$s to %2$s"),                  \
		N_("Take them off that one first"))                                                \
	X(DUTY_DAY_TAKEN, "t", N_("Has a shift on that day already: %1$s"),                        \
		N_("One shift a day is enough; ask somebody else"))                                \
	X(DUTY_REST, "n", N_("Would have less than %1$s minutes to rest between two days"),        \
		N_("Choose a shift further apart"))                                                \
	X(DUTY_WEEK_FULL, "n", N_("Has the week's %1$s shifts already"),                           \
		N_("Choose another week, or ask somebody else"))                                   \
	X(DUTY_MONTH_FULL, "n", N_("Has the month's %1$s shifts already"),                         \
		N_("Choose another month, or ask somebody else"))                                  \
	X(DUTY_DAYS_FULL, "d", N_("Would serve for more than %1$s in a row"),                      \
		N_("Leave a day between"))                                                         \
	X(DUTY_ROLE_LACKING, "s", N_("The place left asks for: %1$s"),                             \
		N_("Ask somebody who is that"))                                                    \
	X(SIGNUP_NAME_UNKNOWN, "s", N_("Nobody who serves is called %1$s"),                        \
		N_("Write the name as it stands on the roster, or register the person"))           \
	X(SIGNUP_NO, "", N_("Not a plain yes"), N_("Ask, and enter it by hand"))                   \
	X(SIGNUP_TIME_NONE, "", N_("No day or time is named"),                                     \
		N_("Write which day, and morning, afternoon or evening"))                          \
	X(SIGNUP_OTHER_WEEK, "s", N_("Not in this week, or the weekday is not that date's: %1$s"), \
		N_("Ask which day is meant"))                                                      \
	X(SIGNUP_SHIFT_NONE, "Ds", N_("There is no such shift on %1$s: %2$s"),                     \
		N_("Look at the roster of that day"))                                              \
	X(ASSIGNMENT_UNKNOWN, "", N_("This place on the roster is not known here"),                \
		N_("Look at the roster"))                                                          \
	X(ASSIGNMENT_GONE, "", N_("Not on this shift any more"),                                   \
		N_("Look at the roster as it is now"))                                             \
	X(ASSIGNMENT_NOT_LEFT, "", N_("Has not left this shift"),                                  \
		N_("Look at the roster as it is now"))                                             \
	X(ASSIGNMENT_ATTENDED, "t", N_("Has come already, at %1$s"),                               \
		N_("What happened is corrected in the hours"))                                     \
	X(DUTY_LEAD_TIME, "n", N_("That has to be done at least %1$s hours before the shift"),     \
		N_("Say that you cannot come; the coordinator sees to the rest"))                  \
	X(TEAM_UNKNOWN, "", N_("This team is not known here"), N_("Look at the list of teams"))    \
	X(ROSTER_EMPTY, "", N_("There are no shifts in this week"),                                \
		N_("Make them from the weekly template, or add one"))                              \
	X(ROSTER_UNCHANGED, "n", N_("Nothing has changed since version %1$s"),                     \
		N_("It can be printed as it is"))                                                  \
	X(HOURS_UNKNOWN, "", N_("These hours are not on record"), N_("Check the number"))          \
	X(HONOUR_NONE, "", N_("There is nothing yet that a certificate could say"),                \
		N_("A first star comes with 100 hours; or choose a year with some service"))       \
	X(CERTIFICATE_UNKNOWN, "", N_("This certificate is not ours"),                             \
		N_("Check the number, or ask who showed it"))                                      \
	X(HOURS_ALREADY, "", N_("The hours of this shift are on record already"),                  \
		N_("Take them back first, then enter them again"))                                 \
	X(HOURS_REVERSED, "", N_("These hours have been taken back already"),                      \
		N_("Nothing needs to be done"))                                                    \
	X(APPROVER_SAME, "", N_("Whoever entered it cannot approve it as well"),                   \
		N_("Ask a second person"))                                                         \
	X(CLOSURE_UNKNOWN, "", N_("This closure is not on the list"),                              \
		N_("Look at the list of closures"))                                                \
	X(HOURS_NONE, "d", N_("No opening hours are entered for the next %1$s"),                   \
		N_("The coordinator can enter them"))                                              \
	X(BLANK_ENTERED, "nt", N_("What stands on slip %1$s has been entered, %2$s"),              \
		N_("Scan the slip again to see what was entered"))                                 \
	X(BLANK_LINE, "s", N_("Nothing of the slip was entered, because of %1$s"),                 \
		N_("Put it right or leave it out, and save again"))                                \
	X(OVERDUE_ASK, "ld", N_("%1$s past the due date, by %2$s"),                                \
		N_("Bring it back first, or ask a volunteer"))                                     \
	X(OVERDUE_BLOCK, "ld", N_("%1$s past the due date, by %2$s"),                              \
		N_("Bring it back first; then borrowing goes on"))                                 \
	X(SUSPENDED, "t", N_("Borrowing rests until %1$s, because of a late return"),              \
		N_("Come back after that, or ask a volunteer"))                                    \
	X(LIMIT_TOTAL, "ll", N_("%2$s at a time is the limit; out or reserved now: %1$s"),         \
		N_("Return one first, or ask a volunteer"))                                        \
	X(LIMIT_CATEGORY, "lls",                                                                   \
		N_("%2$s of this kind (%3$s) at a time is the limit; out or reserved now: %1$s"),  \
		N_("Return one first, or ask a volunteer"))                                        \
	X(LIMIT_GIVEN, "nl", N_("Has had %1$s of %2$s given away this month"),                     \
		N_("Come back next month, or a volunteer makes an exception"))                     \
	X(QUOTA_WEEK, "mn",                                                                        \
		N_("Booked in this room that week: %1$s, of %2$s hours that each person has"),     \
		N_("Choose another week, or ask a volunteer"))                                     \
	X(QUOTA_MONTH, "mn",                                                                       \
		N_("Booked in this room that month: %1$s, of %2$s hours that each person has"),    \
		N_("Choose another month, or ask a volunteer"))                                    \
	X(DEPOSIT_SHORT, "pp", N_("The deposit is %1$s; there are %2$s"),                          \
		N_("A volunteer can waive the deposit"))                                           \
	X(POINTS_SHORT, "pp", N_("This takes %1$s; there are %2$s"),                               \
		N_("A shift, an activity or a donation earns more"))                               \
	X(POINTS_CAP, "p", N_("The other may only get %1$s more"),                                 \
		N_("Give less, or give to the common pool"))                                       \
	X(NOT_KIN, "", N_("Points can be given to registered kin only"),                           \
		N_("A volunteer can register the two as kin"))                                     \
	X(SERVICE_FIRST, "mm", N_("This takes %1$s of service first; there are %2$s"),             \
		N_("Join in a shift or an activity; a volunteer can exempt the old, the disabled " \
		   "and the poor"))                                                                \
	X(REWARD_LIMIT, "nn", N_("Has had %1$s of the %2$s that one person may have this month"),  \
		N_("Come back next month"))                                                        \
	X(RENEW_LIMIT, "x", N_("This has been renewed %1$s, which is the limit"),                  \
		N_("Return it and borrow again later, or ask a volunteer"))                        \
	X(RENEW_TOO_EARLY, "t", N_("Renewing begins %1$s"),                                        \
		N_("Come back then; nothing is lost by waiting"))                                  \
	X(RENEW_OVERDUE, "", N_("What is past its due date is renewed by a volunteer"),            \
		N_("Ask one, or return it"))                                                       \
	X(RENEW_NOT_LATER, "t", N_("Renewing would not move the due time, %1$s"),                  \
		N_("Return it by then, or ask a volunteer"))                                       \
	X(RENEW_WAITED, "n", N_("Waiting for it: %1$s"),                                           \
		N_("Bring it back on time, so that the next person can have it"))                  \
	X(RENEW_RECALLED, "", N_("This item has been called back"),                                \
		N_("Bring it back by the new date"))                                               \
	X(UNDO_NOTHING, "", N_("There is nothing to undo"), N_("Go on"))                           \
	X(UNDO_LATER, "", N_("Something has happened to this item since"),                         \
		N_("A volunteer can lend or return it afresh"))                                    \
	X(UNDO_OTHER_VISIT, "", N_("Only what was done in this visit can be undone"),              \
		N_("Ask a volunteer"))                                                             \
	X(UNDO_OTHER_DAY, "", N_("Only what was done today can be undone"),                        \
		N_("Ask a coordinator; a sale's yuan can be taken out of the fund with a reason"))
