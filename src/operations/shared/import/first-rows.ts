import { InputError } from "../../../core/errors.ts";
import { ROWS_FOR_HEADER } from "../../../core/headings/find-header.ts";
import type { SourceRow } from "../../../core/rows/import-row.ts";
import { READ_AS_IT_IS, readTable } from "../../../files/table-reader.ts";
import type { CommunityFileOptions, Opened } from "./community-file.ts";

/** The rows among which the header is, and the keys of NDJSON read so far. */
export async function readFirstRows({
  file,
  table = READ_AS_IT_IS,
}: Opened<CommunityFileOptions>): Promise<{ rows: SourceRow[]; keys: readonly string[] | null }> {
  const { batches, keys } = await readTable(file, table);
  try {
    return { rows: await rowsForHeader(batches), keys };
  } finally {
    await batches.return(undefined);
  }
}

/** Enough rows to find the header among them; a batch may have fewer. */
export async function firstRows(batches: AsyncGenerator<SourceRow[]>, file: string): Promise<SourceRow[]> {
  const rows = await rowsForHeader(batches);
  if (rows.length > 0) return rows;
  throw new InputError(`${file} is empty`, "The first row must name the columns, for example barangay_code.");
}

/** The rows among which the header is. */
export async function rowsForHeader(batches: AsyncGenerator<SourceRow[]>): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  while (rows.length < ROWS_FOR_HEADER) {
    const { value, done } = await batches.next();
    if (done) break;
    rows.push(...value);
  }
  return rows;
}
