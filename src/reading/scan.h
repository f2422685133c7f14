/* Many words at once in running text: what all lexicons are looked up with.
 *
 * At each place where a word may begin one look at a bit table tells nearly always that none does. The key of a place
 * is the run of ASCII letters and digits that begins there, else the two characters there. So the time goes with the
 * characters of the text and the words found, not with the number of words (docs/decisions/0700-matcher.md).
 *
 *     oc_scanner *s = oc_scanner_new(arena);
 *     oc_scanner_add(s, OC_SLICE("transfer"), 7, false);
 *     oc_scanner_build(s);
 *     oc_scanner_scan(s, text, NULL, on_hit, NULL, context);
 *
 * Borders: a word whose first or last byte is an ASCII letter or digit has no further one beside it ("transfer" is not
 * in "transferred"); a word that begins in Korean script does not follow Korean script unless it was added as `inside`.
 * A word begins where a character begins. ASCII letters match in either case. */
#ifndef OC_READING_SCAN_H
#define OC_READING_SCAN_H

#include "base/vec.h"

typedef struct oc_scanner oc_scanner;

/* The scanner lives in the arena and is read-only once built. */
oc_scanner *oc_scanner_new(oc_arena *arena);

/* Adds a word of UTF-8; empty words are ignored. The same word may be added with several ids. */
void oc_scanner_add(oc_scanner *scanner, oc_slice word, uint32_t id, bool inside);

/* Makes the tables, once all words are in; nothing may be looked up before, nor added behind. */
void oc_scanner_build(oc_scanner *scanner);

/* Where words of another list may begin, to be found in the same pass: names, whose spelling a scanner does not know.
 * Heads are one or two characters, or the letters and digits that a name begins with (of more than eight the first
 * count): then the place is the start of a run of them that is the head, or its beginning. Letters are the same in
 * either case. A head in Korean script counts only where a word in it begins. A place may be one without a head: the
 * caller looks. */
typedef struct oc_starts oc_starts;
oc_starts *oc_starts_new(oc_arena *arena);
void oc_starts_add(oc_starts *starts, oc_slice head);

/* Once all heads are in: for scans with this scanner (NULL: without words). A copy serves another scanner. */
void oc_starts_join(oc_starts *starts, const oc_scanner *scanner);
oc_starts *oc_starts_copy(oc_arena *arena, const oc_starts *starts);

/* Called for each occurrence of each word, in order of their starts; at one start the longest first, of the same word
 * the id that was added last first. Of malformed text no word is found in or across what is malformed. Called for each
 * place of `starts` (joined with this scanner; NULL: none): on_start. Returns the kinds of signs in the text (sign.h).
 */
typedef void oc_scan_fn(void *context, uint32_t id, size_t start, size_t end);
typedef void oc_start_fn(void *context, size_t at);
uint32_t oc_scanner_scan(const oc_scanner *scanner, oc_slice text, const oc_starts *starts, oc_scan_fn *on_hit,
                         oc_start_fn *on_start, void *context);

/* Only the places of `starts`. */
void oc_starts_scan(const oc_starts *starts, oc_slice text, oc_start_fn *on_start, void *context);

/* The same of one place, where a character and, if it is a letter or digit, a run of such begins. */
void oc_scanner_at(const oc_scanner *scanner, oc_slice text, size_t at, oc_scan_fn *on_hit, void *context);

/* How many words were added, and how many bytes the tables take. */
size_t oc_scanner_words(const oc_scanner *scanner);
size_t oc_scanner_bytes(const oc_scanner *scanner);

#endif
