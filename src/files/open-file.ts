import { createReadStream, statSync } from "node:fs";
import { InputError } from "../core/errors.ts";

/**
 * Opens a file for reading as a stream of bytes.
 *
 * @throws InputError where it is missing, is a folder or a device, or may not be read
 */
export function openFile(path: string): AsyncIterable<Buffer> {
  checkReadable(path);
  return createReadStream(path, { highWaterMark: 256 * 1024 });
}

function checkReadable(path: string): void {
  const stats = statOf(path);
  if (stats.isDirectory()) throw new InputError(`${path} is a folder`, "Give the path of a file in it.");
  // A pipe is fine (it ends); a device such as /dev/zero may never do so.
  if (!stats.isFile() && !stats.isFIFO()) throw new InputError(`${path} is not a file`, "Give the path of a file.");
}

function statOf(path: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new InputError(`there is no file ${path}`, "Check the path; it is relative to the current folder.");
    }
    throw new InputError(`${path} cannot be read (${code})`, "Check its permissions.", { cause: error });
  }
}
