/** Bytes of the file header: the versions of the format for writing and for reading, each 1 for a rollback journal, 2 for WAL. */
const FORMAT_VERSIONS = [18, 19] as const;
const ROLLBACK_JOURNAL = 1;

/** The content of a database file as one that SQLite opens in memory, where there is no WAL. */
export function withoutLog(content: Buffer): Buffer {
  for (const position of FORMAT_VERSIONS) content[position] = ROLLBACK_JOURNAL;
  return content;
}
