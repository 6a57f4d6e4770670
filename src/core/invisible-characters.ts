/** Control characters, bidirectional controls, line separators, and characters that XML or UTF-8 cannot hold. */
export const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029\ufffe\uffff]/gu;

/** A character as a visible escape such as \u001b, which JSON reads back as the character. */
export function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** JSON in which these characters are escaped. JSON.stringify escapes only some of them. */
export function visibleJson(json: string): string {
  // A line break is between two values here: within a string it is escaped already.
  return json.replace(INVISIBLE, (character) => (character === "\n" ? "\n" : unicodeEscape(character)));
}
