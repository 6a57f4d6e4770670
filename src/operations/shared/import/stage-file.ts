import { readColumns } from "../../../core/headings/file-columns.ts";
import type { Session } from "../../../db/connection/session.ts";
import { dropStaged, dropStagedWithoutValues, stageCommunities } from "../../../db/import/staging-store.ts";
import type { OperationOptions } from "../options.ts";
import type { Opened } from "./community-file.ts";
import { openCommunityFile } from "./open-community-file.ts";
import { checkRows, makeChecker, type StagingOptions } from "./row-checks.ts";
import { nothingStaged, refuseWithoutRows, rejectFirstRows, type StagedFile } from "./staged-file.ts";

/** Checks every row of a file and puts the good ones into the staging table. */
export async function stageFile(
  session: Session,
  options: Opened<StagingOptions>,
  context: OperationOptions,
): Promise<StagedFile> {
  const communities = await openCommunityFile(options);
  const { checker, index } = await makeChecker(session, communities, options);
  const staged = nothingStaged(communities, checker);
  const checked = checkRows(communities, index, staged, options, context);
  await stageCommunities(session, communities.columns, checked);
  refuseWithoutRows(staged, options.file);
  await leaveOutDoubled(session, staged);
  if (!options.createEmpty) {
    staged.withoutValues = await dropStagedWithoutValues(session, communities.columns);
    staged.staged -= staged.withoutValues;
  }
  if (communities.mayAddColumns) {
    const present = communities.header().columns.filter((column) => column.index !== -1);
    staged.columns = present.map(({ name }) => name);
  }
  // Later lines of JSON may have added columns.
  const headers = communities.headers();
  return { ...staged, headers, read: readColumns(headers, communities.isWorkbook) };
}

async function leaveOutDoubled(session: Session, staged: StagedFile): Promise<void> {
  const firstRows = rejectFirstRows(staged);
  if (firstRows.length > 0) {
    staged.staged -= await dropStaged(
      session,
      firstRows.map(({ row }) => row),
    );
  }
}
