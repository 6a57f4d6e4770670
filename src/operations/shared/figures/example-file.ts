import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../../../db/connection/session.ts";
import { readRunOfFile } from "../../../db/runs/run-reader.ts";
import { digestOf } from "../../../files/file-digest.ts";
import { fileAt } from "../../../files/open-file.ts";
import { packageRoot } from "../../../files/package-root.ts";

/** Whether the communities of the quickstart, whose figures are made up, were imported and not taken back. */
export async function hasExampleFigures(session: Session): Promise<boolean> {
  const path = join(packageRoot(), "fixtures", "communities.csv");
  if (!existsSync(path)) return false;
  return (await readRunOfFile(session, await digestOf(fileAt(path)))) !== null;
}
