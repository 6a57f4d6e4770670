import { Chalk } from "chalk";
import { ObcSyncError } from "../core/errors.ts";
import { visibleJson } from "../core/invisible-characters.ts";
import { FORMAT_VERSION } from "../core/report.ts";
import type { ErrorDocument } from "./json/types/sync.ts";
import { visibleLines } from "./visible.ts";

/** Renders a known error as message and hint. Any other error is a bug and is printed with its stack. */
export function renderError(error: unknown, format: "text" | "json", color: boolean): string {
  const known = error instanceof ObcSyncError;
  const message = withoutPasswords(error instanceof Error ? error.message : String(error));
  const code = known ? error.code : "INTERNAL";
  const hint = known ? error.hint : "This is a bug in obc-sync. Please report it with the text above.";
  if (format === "json") {
    const document: ErrorDocument = { formatVersion: FORMAT_VERSION, error: { code, message, hint } };
    return visibleJson(`${JSON.stringify(document, null, 2)}\n`);
  }
  const paint = new Chalk({ level: color ? 1 : 0 });
  const detail = known || !(error instanceof Error) ? message : (error.stack ?? message);
  return `${paint.red("error:")} ${visibleLines(withoutPasswords(detail))}\n${paint.dim("hint:")}  ${visibleLines(hint)}\n`;
}

/** Removes passwords from URLs, which drivers quote in their messages. A password may contain "@" and "/". */
function withoutPasswords(text: string): string {
  return text.replace(/\S+/g, (word) => {
    const end = word.lastIndexOf("@");
    // Each character is looked at once: a message may quote a megabyte of a file.
    const user = end === -1 ? null : /(?<=\w):\/\/[^:@/]*:/.exec(word);
    if (user === null) return word;
    const start = user.index + user[0].length - 1;
    return start < end ? word.slice(0, start) + word.slice(end) : word;
  });
}
