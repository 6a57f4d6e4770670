import { visible } from "../visible.ts";

/** Markup. Only `html` makes it, so that a text never becomes markup. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Markup | string | number | null | undefined | false | readonly Part[];

/**
 * A template of markup. Every interpolated text is escaped, in element content and in quoted attribute values, and its
 * control characters become visible; null, undefined and false are nothing, and lists are joined.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  let text = strings[0] as string;
  for (let index = 0; index < parts.length; index += 1) text += textOf(parts[index]) + strings[index + 1];
  return new Markup(text);
}

/** A text of the program itself that is not escaped: a style sheet or a script. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

export const NOTHING = new Markup("");

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escaped(visible(part));
  if (part === null || part === undefined || part === false) return "";
  let text = "";
  for (const item of part) text += textOf(item);
  return text;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
