import type { CommunityFile, CommunityFileOptions, Opened } from "./community-file.ts";
import { openSheets } from "./community-sheets.ts";
import { openTable } from "./community-table.ts";

/** @throws InputError if the file cannot be read or its header is invalid */
export async function openCommunityFile(options: Opened<CommunityFileOptions>): Promise<CommunityFile> {
  return options.allSheets === true ? openSheets(options) : openTable(options, null);
}
