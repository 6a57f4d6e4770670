/** What XML does not hold, and the literal text that would be read as its escape. A line break stays. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/gu;

export function xmlText(text: string): string {
  const held = text.replace(FORBIDDEN, (character) =>
    character === "\n" || character === "\t" ? character : cellEscape(character),
  );
  return /[&<>"]/.test(held)
    ? held.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
    : held;
}

/** As a workbook writes it: _x001B_. */
function cellEscape(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
}
