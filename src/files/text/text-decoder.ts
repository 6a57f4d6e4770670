import { TextDecoder } from "node:util";
import { InputError } from "../../core/errors.ts";

/** Encodings that can be declared, with the label that the decoder knows them by. */
export const ENCODINGS = {
  "utf-8": "utf-8",
  "utf-16": "utf-16le",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  "windows-1252": "windows-1252",
  "iso-8859-1": "windows-1252",
} as const;

export type Encoding = keyof typeof ENCODINGS;

const HINT =
  "Save it as CSV UTF-8, or say what it is: --encoding windows-1252 for files of older Windows programs, --encoding utf-16le.";

/**
 * Decodes a file chunk by chunk: UTF-8, or UTF-16 where the file starts with its byte order mark, or the encoding
 * that was declared.
 *
 * @throws InputError for what is no text in that encoding
 */
export async function* decodeText(
  path: string,
  chunks: AsyncIterable<Buffer>,
  declared: Encoding | null,
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  const decode = (chunk: Buffer | null): string => {
    try {
      const text = (chunk === null ? decoder?.decode() : decoder?.decode(chunk, { stream: true })) ?? "";
      if (text.includes("\0")) throw new InputError(`${path} is not a text file`, HINT);
      return text;
    } catch (error) {
      if (error instanceof InputError) throw error;
      // No text in UTF-8 has a zero byte; another encoding would not help then.
      if (decoder?.encoding === "utf-8" && chunk?.includes(0)) throw new InputError(`${path} is not a text file`, HINT);
      throw new InputError(`${path} is not in ${decoder?.encoding.toUpperCase()}`, HINT, { cause: error });
    }
  };
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk, declared), { fatal: true });
    yield decode(chunk);
  }
  yield decode(null);
}

function encodingOf(start: Buffer, declared: Encoding | null): string {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  return declared === null ? "utf-8" : ENCODINGS[declared];
}
