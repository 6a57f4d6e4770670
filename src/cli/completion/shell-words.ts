/** A word of a command line that is being typed, as the shell sees it. */
export interface TypedWord {
  /** Without quotes and backslashes. */
  text: string;
  /** As typed. */
  raw: string;
  /** The quotation mark that is still open at its end; "" if none. */
  quote: "" | "'" | '"';
}

/** Splits a line as a POSIX shell does, as far as words and quotes go. The last word, empty after a space, is the one being typed. */
export function shellWords(line: string): TypedWord[] {
  const words: TypedWord[] = [];
  let word: TypedWord | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] as string;
    if (word === null || word.quote === "") {
      if (/\s/.test(sign)) {
        if (word !== null) words.push(word);
        word = null;
        continue;
      }
      word ??= { text: "", raw: "", quote: "" };
      word.raw += sign;
      if (sign === "'" || sign === '"') word.quote = sign;
      else if (sign === "\\") {
        at += 1;
        word.raw += line[at] ?? "";
        word.text += line[at] ?? "";
      } else word.text += sign;
    } else {
      word.raw += sign;
      if (sign === word.quote) word.quote = "";
      else if (sign === "\\" && word.quote === '"' && /["\\$`]/.test(line[at + 1] ?? "")) {
        at += 1;
        word.raw += line[at];
        word.text += line[at];
      } else word.text += sign;
    }
  }
  return [...words, word ?? { text: "", raw: "", quote: "" }];
}

/** A text as it has to be typed after an open quotation mark, or after none. */
export function shellQuoted(text: string, quote: TypedWord["quote"]): string {
  switch (quote) {
    case "":
      return text.replace(/[^\p{L}\p{N}_@%+=:,./-]/gu, "\\$&");
    case '"':
      return text.replace(/["\\$`]/g, "\\$&");
    case "'":
      return text.replaceAll("'", "'\\''");
  }
}
