/* Sentences and cures for reasons of acts, the clock, the database, files, papers and devices. The
 * columns are those of words_reason_venue.h. */
#pragma once

#include "core/base/msgid.h"

#define MACHINE_PHRASES(X)                                                                         \
	X(BACKDATE_BEFORE, "t", N_("This item has a later entry, of %1$s"),                        \
		N_("Give a time after that"))                                                      \
	X(BACKDATE_FUTURE, "", N_("This time is still to come"),                                   \
		N_("Give a time that has passed"))                                                 \
	X(WHY_NEEDED, "", N_("This needs a word of reason"), N_("Write one"))                      \
	X(KEY_REUSED, "", N_("This key belongs to another action"),                                \
		N_("Use a new key for a new action"))                                              \
	X(CLOCK_BEHIND, "t",                                                                       \
		N_("The clock of this computer may be wrong: the last entry is of %1$s"),          \
		N_("Things can be returned; for all else set the clock, or let a volunteer "       \
		   "say that it is right (F9)"))                                                   \
	X(CLOCK_AHEAD, "t",                                                                        \
		N_("The clock of this computer may be wrong: there is no entry since %1$s"),       \
		N_("Things can be returned; for all else set the clock, or let a volunteer "       \
		   "say that it is right (F9)"))                                                   \
	X(STORE_MISSING, "s", N_("There is no database %1$s"),                                     \
		N_("Create one with: jiaplus init, or name its folder with --dir"))                \
	X(STORE_EXISTS, "s", N_("%1$s is there already"),                                          \
		N_("Choose another place, or use what is there; nothing was changed"))             \
	X(STORE_NEWER, "nn",                                                                       \
		N_("The database is from a newer program (version %1$s, this program knows "       \
		   "%2$s)"),                                                                       \
		N_("Update the program; nothing was changed"))                                     \
	X(STORE_OLDER, "s", N_("The database %1$s is of an older program"),                        \
		N_("It is brought up to date when the kiosk or a command next opens it"))          \
	X(STORE_TRIAL, "s", N_("%1$s comes from a trial version older than 0.1.0"),                \
		N_("Keep it, create a new folder with: jiaplus --dir FOLDER init, and import "     \
		   "your lists there; nothing was changed"))                                       \
	X(STORE_NOT_OURS, "s", N_("%1$s is not a database of this program"),                       \
		N_("Name the right folder with --dir; nothing was changed"))                       \
	X(STORE_READ_ONLY, "s", N_("%1$s cannot be written"),                                      \
		N_("Give the user who runs this program the right to write in that folder"))       \
	X(STORE_FULL, "s", N_("There is no space left for %1$s"),                                  \
		N_("Make space on the disk; what was done before is kept"))                        \
	X(STORE_BUSY, "", N_("Another program is writing just now"),                               \
		N_("Try again in a moment; nothing was changed"))                                  \
	X(STORE_DAMAGED, "sn", N_("The database %1$s is damaged"),                                 \
		N_("Nothing is written to it any more. What a backup would bring back, and what "  \
		   "would be lost, says: jiaplus restore FILE --try FOLDER"))                      \
	X(STORE_BEHIND, "sn",                                                                      \
		N_("The database %1$s is older than what was last written here (entry %2$s)"),     \
		N_("Nothing is written to it any more. What a backup would bring back, and what "  \
		   "would be lost, says: jiaplus restore FILE --try FOLDER"))                      \
	X(STORE_REPLACED, "s", N_("%1$s is another file than when this program began"),            \
		N_("Start the program again"))                                                     \
	X(PRIVATE_CHANGED, "",                                                                     \
		N_("Somebody has changed personal data past this program: they are not as the "    \
		   "journal has them"),                                                            \
		N_("Find out who, then write them anew on the page they belong to"))               \
	X(STORE_LEFT, "s", N_("%1$s was left by a database that is not there any more"),           \
		N_("Put that database back beside it, or restore a backup: jiaplus restore FILE. " \
		   "Nothing was changed"))                                                         \
	X(BACKUP_BAD, "s", N_("%1$s is not a whole backup"),                                       \
		N_("Take another backup; nothing was changed"))                                    \
	X(BACKUP_LOCKED, "s", N_("%1$s was sealed with another recovery sheet"),                   \
		N_("Give the words of the sheet that was valid then: --recovery FILE. Nothing "    \
		   "was "                                                                          \
		   "changed"))                                                                     \
	X(BACKUP_SHEET, "s", N_("This machine has no key for %1$s"),                               \
		N_("Give the words of the recovery sheet: --recovery FILE, or --recovery - and "   \
		   "type them"))                                                                   \
	X(BACKUP_OTHER, "s", N_("%1$s is a backup of another venue"),                              \
		N_("Restore it into a folder of its own: jiaplus --dir FOLDER restore FILE. "      \
		   "Nothing was changed"))                                                         \
	X(RECOVERY_BAD, "", N_("These are not the words of a recovery sheet"),                     \
		N_("Copy all nine words from the sheet, in their order, letter by letter"))        \
	X(RECOVERY_WRONG, "", N_("These words are from another recovery sheet"),                   \
		N_("Use this venue's latest sheet"))                                               \
	X(RECOVERY_MISSING, "s", N_("There is no recovery key %1$s"),                              \
		N_("Restore a backup with its recovery sheet: jiaplus restore FILE --recovery "    \
		   "FILE"))                                                                        \
	X(SLIP_LOST, "", N_("This slip is of a day that was lost when a backup was restored"),     \
		N_("Enter again what it counts, from receipts and slips of that day"))             \
	X(TRY_FOLDER, "s", N_("%1$s is not an empty folder"),                                      \
		N_("Name a folder that does not exist yet; nothing was changed"))                  \
	X(STORE_FAILED, "s", N_("The database %1$s could not be used"),                            \
		N_("Check disk and folder; what was done before is kept"))                         \
	X(STORE_UNSURE, "", N_("It is not certain whether this was kept"),                         \
		N_("Look it up before doing it again; with the same key it will not happen "       \
		   "twice"))                                                                       \
	X(KIOSK_RUNNING, "", N_("Another kiosk is using this folder already"),                     \
		N_("Go on at that one, or end it and start again; one folder is for one kiosk"))   \
	X(ZONE_UNKNOWN, "s", N_("There is no time zone %1$s"), N_("Write it as Asia/Shanghai"))    \
	X(FILE_MISSING, "s", N_("There is no file %1$s"), N_("Check the name"))                    \
	X(FILE_UNREADABLE, "s", N_("%1$s cannot be read"), N_("Check the file and its rights"))    \
	X(FILE_UNWRITABLE, "s", N_("%1$s cannot be written"),                                      \
		N_("Check the folder, its rights and the space on the disk"))                      \
	X(FILE_EXISTS, "s", N_("%1$s is there already"),                                           \
		N_("Give another name, or say --replace where that is possible; nothing was "      \
		   "changed"))                                                                     \
	X(FILE_OURS, "s", N_("%1$s belongs to the venue itself and is not written over"),          \
		N_("Give another name, best in another folder; nothing was changed"))              \
	X(FILE_EMPTY, "s", N_("%1$s is empty"), N_("Choose another file"))                         \
	X(FILE_TOO_LARGE, "s", N_("%1$s is too large"), N_("Choose a smaller file"))               \
	X(FILE_BAD, "s", N_("%1$s is not in order"), N_("Choose another file, or make it anew"))   \
	X(FILE_SPREADSHEET, "s",                                                                   \
		N_("%1$s is a spreadsheet's own file (XLSX, XLS or ODS), which cannot be read "    \
		   "here"),                                                                        \
		N_("Open it in WPS or Excel, choose File, Save as, \"CSV UTF-8\" (or \"CSV\"), "   \
		   "and import that file"))                                                        \
	X(COLUMN_MISSING, "fn",                                                                    \
		N_("The table has no column: %1$s (line %2$s was read as its headings)"),          \
		N_("Add it there; jiaplus resident template FILE, item template FILE and the "     \
		   "like write a table with all columns"))                                         \
	X(FILE_OPEN, "s", N_("Others can read %1$s"), N_("Make it its owner's alone: chmod 600"))  \
	X(FOLDER_OPEN, "s", N_("Others can look into the folder %1$s"),                            \
		N_("Make it its owner's alone: chmod 700"))                                        \
	X(FILE_FOREIGN, "sn", N_("%1$s belongs to another user (number %2$s) than its folder"),    \
		N_("Give all of it to the user of the program: sudo chown -R USER FOLDER"))        \
	X(KEYS_LOST, "s", N_("The key of the PINs, %1$s, is missing or damaged"),                  \
		N_("Put back the one from the backup; without it an administrator gives out new "  \
		   "PINs"))                                                                        \
	X(DISK_LOW, "sn", N_("The disk of %1$s has %2$s MB left"),                                 \
		N_("Move large files to another disk, but nothing of that folder"))                \
	X(DISK_READ_ONLY, "s", N_("The disk of %1$s can only be read"),                            \
		N_("Start the computer again; if it stays so, the disk is failing: save the "      \
		   "backups first"))                                                               \
	X(FORMAT_UNKNOWN, "s", N_("The name does not say what kind of file it is: %1$s"),          \
		N_("End it in .pdf, .png, .pbm or .escpos"))                                       \
	X(LINE_REPEATED, "n", N_("The same stands in line %1$s already"),                          \
		N_("Delete one of the two lines, or tell them apart"))                             \
	X(IMPORT_FAULTS, "L", N_("%1$s could not be taken over, so nothing was"),                  \
		N_("Put them right and import the file again"))                                    \
	X(CONFIG_BAD, "!", N_("A line of kiosk.conf is wrong"),                                    \
		N_("Correct the line; kiosk.conf explains each key"))                              \
	X(SHEET_BAD, "!", N_("This paper could not be laid out"),                                  \
		N_("Tell whoever looks after the program"))                                        \
	X(SHEET_OVERFLOW, "!", N_("This does not fit the paper"),                                  \
		N_("Shorten the text, or use a larger paper"))                                     \
	X(GLYPH_MISSING, "s", N_("No font has these characters: %1$s"),                            \
		N_("Install the package fonts-noto-cjk"))                                          \
	X(FONT_MISSING, "s", N_("The font %1$s is missing"),                                       \
		N_("Install the package fonts-noto-cjk"))                                          \
	X(PAPER_UNKNOWN, "", N_("This paper is not in the list"),                                  \
		N_("Look at the list of papers again"))                                            \
	X(PAPER_SETTLED, "", N_("There is nothing left to decide about this paper"),               \
		N_("Look at the list of papers again"))                                            \
	X(PAPER_EMPTIED, "", N_("The content of this paper is no longer kept"),                    \
		N_("Print a new one from the loan"))                                               \
	X(PAPER_UNSURE, "", N_("It is not certain that this paper came out"),                      \
		N_("Look at the printer, then say whether it is there"))                           \
	X(PAPER_BROKEN, "!", N_("The printing service gave this paper up on its way"),             \
		N_("Look at the printer, then say whether it is there; if it happens again, tell " \
		   "whoever looks after the machine"))                                             \
	X(LABEL_SIZE_UNKNOWN, "s", N_("There is no label size %1$s"),                              \
		N_("Look at the list of sizes"))                                                   \
	X(LABEL_OUTSIDE, "", N_("That many labels do not fit on the page"),                        \
		N_("Measure again, or take fewer of them"))                                        \
	X(LABEL_SMALL, "", N_("The code would be smaller than 14 mm"),                             \
		N_("Take a larger label: cameras do not read smaller codes well"))                 \
	X(CAMERA_MISSING, "s", N_("No camera at %1$s"),                                            \
		N_("Plug it in; scanners and the keyboard still work"))                            \
	X(CAMERA_BUSY, "s", N_("Another program uses the camera %1$s"),                            \
		N_("Close it; scanners and the keyboard still work"))                              \
	X(CAMERA_GONE, "s", N_("The camera %1$s has been unplugged"),                              \
		N_("Plug it in again; it comes back by itself"))                                   \
	X(CAMERA_FROZEN, "s", N_("The camera %1$s sends no pictures"),                             \
		N_("Unplug it and plug it in again"))                                              \
	X(CAMERA_FAILED, "s", N_("The camera %1$s does not work"),                                 \
		N_("Try another one; scanners and the keyboard still work"))                       \
	X(ZBAR_MISSING, "-", N_("Codes in pictures can't be read: zbar is not installed"),         \
		N_("Install libzbar0; hand scanners and the keyboard still work"))                 \
	X(SCANNER_MISSING, "s", N_("No scanner at %1$s"),                                          \
		N_("Plug it in; the camera and the keyboard still work"))                          \
	X(PRINTER_MISSING, "s", N_("There is no printer %1$s"),                                    \
		N_("Switch it on or check kiosk.conf; papers wait until it is there"))             \
	X(PRINTER_FAILED, "s", N_("The printer %1$s does not print"),                              \
		N_("Look at the printer; papers wait until it works"))                             \
	X(PRINTER_PAPER, "", N_("The printer is out of paper"),                                    \
		N_("Put paper in; it goes on by itself"))                                          \
	X(PRINTER_COVER, "", N_("A cover of the printer is open"),                                 \
		N_("Close it; it goes on by itself"))                                              \
	X(PRINTER_JAM, "", N_("Paper is stuck in the printer"),                                    \
		N_("Take the stuck paper out; it goes on by itself"))                              \
	X(PRINTER_STOPPED, "", N_("The printer has been stopped"),                                 \
		N_("Start it again; papers wait until then"))                                      \
	X(PRINTER_OFFLINE, "n", N_("The printer has not answered for %1$s seconds"),               \
		N_("Switch it on and check its cable; papers wait until then"))                    \
	X(PRINTER_WAITED, "!n",                                                                    \
		N_("A paper has been with the printer for %2$s seconds and is not out yet"),       \
		N_("See that the printer is on, its cable is in and it has paper; papers wait "    \
		   "until then"))                                                                  \
	X(PRINTER_TONER, "", N_("The printer is out of ink or toner"),                             \
		N_("Put a new cartridge in"))                                                      \
	X(PRINTER_LOOK, "!", N_("The printer wants somebody to look"),                             \
		N_("Look at the printer; papers wait until it works"))                             \
	X(PRINTER_PAPER_SOON, "", N_("The printer will soon be out of paper"),                     \
		N_("Have paper ready"))                                                            \
	X(PRINTER_TONER_SOON, "", N_("The printer will soon be out of ink or toner"),              \
		N_("Have a new cartridge ready"))                                                  \
	X(SPOOLER_SILENT, "", N_("The printing service (CUPS) does not answer"),                   \
		N_("Papers wait until it does; if it lasts, tell whoever looks after the "         \
		   "machine"))                                                                     \
	X(STICK_MISSING, "", N_("No USB stick was found"),                                         \
		N_("Plug one in, wait a moment and try again. If it is never found, whoever "      \
		   "looks after the machine names its folder in kiosk.conf"))                      \
	X(TERMINAL_UNFIT, "s", N_("This terminal (%1$s) cannot show the screens"),                 \
		N_("Use xterm, foot or another terminal with UTF-8; all verbs work without"))      \
	X(PLAN_BAD, "!", N_("A roster cannot be planned from this"),                               \
		N_("Tell whoever looks after the program"))                                        \
	X(HELPER_FAILED, "s", N_("The helper program %1$s stopped"),                               \
		N_("Try again; if it happens often, tell whoever looks after the program"))
