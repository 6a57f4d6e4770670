import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { assertRegularFile, type InputFile, unreadable } from "./open-file.ts";

/** SHA-256 of the bytes of a file, in hexadecimal. @throws InputError where it cannot be read */
export async function digestOf({ name, path }: InputFile): Promise<string> {
  assertRegularFile(path);
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw unreadable(name, cause);
  }
  return hash.digest("hex");
}
