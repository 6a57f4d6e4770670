import { StoredChange } from "../core/runs/stored-change.ts";
import { PlannedChange } from "../core/sync/planned-change.ts";

/**
 * Names, cells, file names and messages of drivers may contain anything: escape sequences that erase the screen or set its
 * title, line breaks that fake a line of output, controls that reverse the reading order, characters that XML forbids.
 * Everything that leaves for a terminal or for CI passes through here, and such characters are then written as escapes.
 */

/** Control characters, bidirectional controls, line separators, and characters that XML or UTF-8 cannot hold. */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029\ufffe\uffff]/gu;

const SHORT: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text on one line, with every invisible character as a visible escape such as \u001b. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => SHORT[character] ?? unicodeEscape(character));
}

/**
 * The same for text whose further lines are indented. Any other line break is in a name or a value, and is written as an
 * escape, so that no line passes for another message.
 */
export function visibleLines(text: string): string {
  return text
    .split(/\n(?= {2})/)
    .map(visible)
    .join("\n");
}

/** JSON in which these characters are escaped. JSON.stringify escapes only some of them. */
export function visibleJson(json: string): string {
  // A line break is between two values here: within a string it is escaped already.
  return json.replace(INVISIBLE, (character) => (character === "\n" ? "\n" : unicodeEscape(character)));
}

/** Keys of the program's own statements and commands, which may have several lines. */
const SEVERAL_LINES: ReadonlySet<string> = new Set(["sql", "statements", "remedy"]);

/**
 * A report or an event in which every string is visible. Only what has to differ is copied: a copy of the changes of a
 * large country takes a hundred megabytes.
 */
export function visibleIn<Value>(value: Value): Value {
  return copyOf(value, "") as Value;
}

function copyOf(value: unknown, key: string): unknown {
  if (typeof value === "string")
    return SEVERAL_LINES.has(key) ? value.split("\n").map(visible).join("\n") : visible(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => copyOf(item, key));
    return items.every((item, index) => Object.is(item, value[index])) ? value : items;
  }
  if (value instanceof PlannedChange || value instanceof StoredChange) return value.withTexts(visible);
  // The message of an error is not among its own enumerable properties.
  if (value instanceof Error) return new Error(visible(value.message));
  const entries = Object.entries(value).map(([name, item]) => [name, item, copyOf(item, name)] as const);
  if (entries.every(([, item, copy]) => Object.is(item, copy))) return value;
  return Object.fromEntries(entries.map(([name, , copy]) => [name, copy]));
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
