import { isAbsolute, join } from "node:path";

/** "sqlite:" and its like before a path; any other scheme is that of a URL, which has no relative path. */
const PATH = /^((?:sqlite3?|file):(?:\/\/\/?)?)?(?![a-z][a-z0-9+.-]+:)(.+)$/i;

/** A relative path of the file as an absolute one. */
export function pathFrom(folder: string, text: string): string {
  const [, scheme = "", path = ""] = PATH.exec(text) ?? [];
  // "file:///data/obc.sqlite3" is absolute as a whole.
  if (path === "" || text === "-" || isAbsolute(path) || text.startsWith("file:///")) return text;
  return scheme === "" ? join(folder, path) : `${scheme.replace(/:.*/, ":")}${join(folder, path)}`;
}
