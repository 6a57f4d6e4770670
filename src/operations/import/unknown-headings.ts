import { squeezeHeading } from "../../core/headings/known/heading-words.ts";
import { type UnknownHeading, unknownHeadings } from "../../core/headings/unknown/unknown-headings.ts";
import { isTotalLabel } from "../../core/rows/sifting/row-words.ts";
import { writeMappingFile } from "../../files/mapping-file.ts";
import { fileAt } from "../../files/open-file.ts";
import { withOutputFile } from "../../files/out/output-file.ts";
import type { CommunityFileOptions, Opened } from "../shared/import/community-file.ts";
import { chooseSheets, optionsOnSheet } from "../shared/import/community-sheets.ts";
import { readFirstRows } from "../shared/import/first-rows.ts";
import { databaseFiles } from "../shared/protected-files.ts";

/**
 * The headings of a file that no column corresponds to, with suggestions and the first values below them. A heading that
 * several sheets have is one of them: a mapping applies to all sheets.
 *
 * @throws InputError if the file cannot be read
 */
export async function findUnknownHeadings(options: CommunityFileOptions): Promise<UnknownHeading[]> {
  const opened = { ...options, file: fileAt(options.file) };
  if (options.allSheets !== true) return unknownInTable(opened, null);
  const { read } = await chooseSheets(opened);
  const onSheet = optionsOnSheet(opened);
  const found = new Map<string, UnknownHeading>();
  for (const sheet of read) {
    for (const unknown of await unknownInTable(onSheet(sheet), sheet)) {
      const key = squeezeHeading(unknown.heading);
      if (!found.has(key)) found.set(key, unknown);
    }
  }
  return [...found.values()];
}

async function unknownInTable(options: Opened<CommunityFileOptions>, sheet: string | null): Promise<UnknownHeading[]> {
  const { rows, keys } = await readFirstRows(options);
  const isTotal = (cells: readonly string[]) => cells.some(isTotalLabel);
  const unknown = unknownHeadings(rows, keys, options.mapping ?? new Map(), isTotal);
  return unknown.map((heading) => ({ ...heading, sheet }));
}

/**
 * Saves a mapping of headings for --mapping.
 *
 * @param path the file to write; it may replace none
 * @param imported the file that has these headings
 * @param database path or URL of a database that the mapping may not replace
 * @throws UsageError where the file exists or cannot be written
 */
export async function saveMapping(
  path: string,
  mapping: ReadonlyArray<readonly [heading: string, column: string | null]>,
  { imported, database }: { imported: string; database: string },
): Promise<void> {
  const never = [{ path: imported, what: "the file to import" }, ...databaseFiles(database)];
  await withOutputFile({ path, flag: "--interactive", overwrite: false, never }, async ({ temporary }) =>
    writeMappingFile(temporary, mapping),
  );
}
