import { INVISIBLE, unicodeEscape } from "../core/invisible-characters.ts";
import { StoredChange } from "../core/runs/stored-change.ts";
import { PlannedChange } from "../core/sync/planned-change.ts";

/**
 * Names, cells, file names and messages of drivers may contain anything: escape sequences that erase the screen or set its
 * title, line breaks that fake a line of output, controls that reverse the reading order, characters that XML forbids.
 * Everything that leaves for a terminal or for CI passes through here, and such characters are then written as escapes.
 */

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
  if (typeof value === "string") {
    if (key === "hint") return visibleLines(value);
    return SEVERAL_LINES.has(key) ? value.split("\n").map(visible).join("\n") : visible(value);
  }
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
