import { FILE_ROW, type RowFinding } from "../../../core/rows/row-finding.ts";
import type { Session } from "../../../db/connection/session.ts";
import { readRunOfFile } from "../../../db/runs/run-reader.ts";
import type { Run } from "../runs/run.ts";

/** A warning where the same file was imported before: it may undo what has been corrected since. */
export async function importedBefore(session: Session, { file }: Run): Promise<RowFinding[]> {
  const earlier = file === null ? null : await readRunOfFile(session, file.sha256);
  if (earlier === null) return [];
  const { id, finishedAt, actor } = earlier;
  const message = `the same file was imported on ${finishedAt.slice(0, 10)} by ${actor}, in run ${id}: obc-sync history show ${id}`;
  return [{ row: FILE_ROW, column: "", code: "", value: "", message, kind: "imported-before" }];
}
