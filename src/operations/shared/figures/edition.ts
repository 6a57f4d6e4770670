import type { Session } from "../../../db/connection/session.ts";
import { readLastGeography } from "../../../db/runs/run-reader.ts";
import { BUNDLED_EDITION } from "../../../files/geography/bundled-geography.ts";

/** The edition of the geography, or the file that it was imported from; null if no run of this program has imported one. */
export async function readEdition(session: Session): Promise<string | null> {
  const run = await readLastGeography(session);
  return run === null ? null : (run.file?.name ?? BUNDLED_EDITION);
}
