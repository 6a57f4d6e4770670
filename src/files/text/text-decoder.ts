import { TextDecoder } from "node:util";
import { InputError } from "../../core/errors.ts";
import type { TextFacts } from "../table-row.ts";

/** The values of --encoding. */
export type Encoding = "utf-8" | "utf-16" | "utf-16le" | "utf-16be" | "windows-1252" | "iso-8859-1";

/** The encodings, with the label that TextDecoder uses. */
export const ENCODINGS: Readonly<Record<Encoding, string>> = {
  "utf-8": "utf-8",
  "utf-16": "utf-16le",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  "windows-1252": "windows-1252",
  "iso-8859-1": "windows-1252",
};

const HINT =
  "Save it as CSV UTF-8, or give its encoding: --encoding windows-1252 for files of older Windows programs, or --encoding utf-16le.";

/**
 * Decodes a file chunk by chunk: as UTF-16 where it starts with a UTF-16 byte order mark, otherwise in the declared
 * encoding, UTF-8 by default; `found` gets the encoding.
 *
 * @throws InputError for bytes that are invalid in that encoding, and for NUL characters
 */
export async function* decodeText(
  path: string,
  chunks: AsyncIterable<Buffer>,
  declared: Encoding | null,
  found: Pick<TextFacts, "encoding">,
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  const decode = (chunk: Buffer | null): string => {
    try {
      const text = (chunk === null ? decoder?.decode() : decoder?.decode(chunk, { stream: true })) ?? "";
      if (text.includes("\0")) throw new InputError(`${path} is not a text file`, HINT);
      return text;
    } catch (error) {
      if (error instanceof InputError) throw error;
      // A zero byte means a binary file: the hint about encodings would mislead.
      if (decoder?.encoding === "utf-8" && chunk?.includes(0)) throw new InputError(`${path} is not a text file`, HINT);
      throw new InputError(`${path} is not valid ${decoder?.encoding.toUpperCase()}`, HINT, { cause: error });
    }
  };
  for await (const chunk of chunks) {
    found.encoding ??= encodingOf(chunk, declared);
    decoder ??= new TextDecoder(found.encoding, { fatal: true });
    yield decode(chunk);
  }
  yield decode(null);
}

function encodingOf(start: Buffer, declared: Encoding | null): string {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  return declared === null ? "utf-8" : ENCODINGS[declared];
}
