import { groupedFixed } from "../../../core/grouped.ts";
import type { PageFile } from "../../../core/page-file.ts";

const KB = 1_000;

/** What a command says of the page that it has written; nothing where it wrote none. */
export function pageLines(page: PageFile | undefined): string[] {
  if (page === undefined) return [];
  const size =
    page.bytes < KB * KB ? `${groupedFixed(page.bytes / KB, 0)} kB` : `${groupedFixed(page.bytes / KB / KB, 1)} MB`;
  const open = page.opened === false ? ". No browser could be started: open the file yourself." : "";
  return [`Page written to ${page.file} (${size})${open}`];
}
