import { InputError } from "../core/errors.ts";
import { diffGeography, type GeographyDiff, placesOf } from "../core/geography/geography-diff.ts";
import type { GeographyTree } from "../core/geography/geography-source.ts";
import { buildGeographyTree } from "../core/geography/geography-tree.ts";
import type { ImportReport } from "../core/import/import-report.ts";
import { clearNeedlessEntries } from "../db/capture/needless-entries.ts";
import type { Session } from "../db/connection/session.ts";
import { type Connection, withReversibleTransaction } from "../db/connection/transaction.ts";
import { findHeldPlaces, type HeldPlace, readPlaces } from "../db/places/geography-reader.ts";
import { recodePlaces, removePlaces, writeOldNames, writePlaces } from "../db/places/geography-store.ts";
import { loadBundledGeography } from "../files/geography/bundled-geography.ts";
import { readPsgcDatafile } from "../files/geography/psgc-datafile.ts";
import { fileAt } from "../files/open-file.ts";
import { type OperationOptions, sayNothing } from "./shared/options.ts";

export interface GeographyImportOptions extends OperationOptions {
  /** PSA's publication datafile; the bundled edition by default. */
  file?: string | null | undefined;
  /** Shows what would change; writes nothing. */
  dryRun?: boolean | undefined;
}

/**
 * Imports an edition of the PSGC in one transaction. Units are matched by code; units that the edition lacks are removed.
 *
 * @throws InputError if the edition lacks a unit that has a community, or a manual or archived coverage
 */
export async function importGeography(
  connection: Connection,
  options: GeographyImportOptions = {},
): Promise<ImportReport> {
  const started = performance.now();
  const { file = null, dryRun = false, progress = sayNothing } = options;
  progress("Reading the geography");
  const { geography, rejects, warnings } = await readGeography(file);
  const rejected = new Set(rejects.map(({ row }) => row)).size;
  const edition = placesOf(geography);
  const diff = await withReversibleTransaction(connection, options, async (session) => {
    const planned = diffGeography(await readPlaces(session), edition);
    if (rejected > 0) return { value: { ...planned, changes: [], unchanged: 0 }, keep: false };
    progress("Writing places");
    await applyDiff(session, planned);
    await writeOldNames(session, geography.oldNames);
    await clearNeedlessEntries(session);
    return { value: planned, keep: !dryRun };
  });
  const count = (action: string) => diff.changes.filter((change) => change.action === action).length;
  return {
    command: "import",
    what: "geography",
    file: file ?? geography.edition,
    dryRun,
    skipInvalid: false,
    rows: edition.length + rejected,
    created: count("created"),
    updated: count("updated"),
    unchanged: diff.unchanged,
    removed: count("removed"),
    rejected,
    rejects,
    warnings,
    places: diff.changes,
    sync: null,
    durationMs: performance.now() - started,
  };
}

async function readGeography(file: string | null): Promise<GeographyTree> {
  if (file === null) return { geography: await loadBundledGeography(), rejects: [], warnings: [] };
  const tree = buildGeographyTree(await readPsgcDatafile(fileAt(file)));
  if (tree.geography.barangays.length === 0) {
    throw new InputError(`${file} has no valid barangays`, "Check that it is the PSGC publication datafile of PSA.");
  }
  return tree;
}

async function applyDiff(session: Session, { written, removed, recoded }: GeographyDiff): Promise<void> {
  const held = removed.length === 0 ? [] : await findHeldPlaces(session, removed);
  if (held.length > 0) throw refusal(held);
  await recodePlaces(session, recoded);
  await writePlaces(session, written);
  await removePlaces(session, removed);
}

function refusal(held: readonly HeldPlace[]): InputError {
  const shown = held.slice(0, 20).map(({ code, name, reason }) => `  ${code} ${name}: ${reason}`);
  const rest = held.length > shown.length ? [`  and ${held.length - shown.length} more`] : [];
  return new InputError(
    `this edition drops ${held.length} ${held.length === 1 ? "unit" : "units"} with communities or coverages to keep; nothing was written:\n${[...shown, ...rest].join("\n")}`,
    "First import these communities under their new barangay codes and remove the old ones, or check that the file is complete.",
  );
}
