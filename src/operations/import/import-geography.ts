import { InputError } from "../../core/errors.ts";
import { countByLevel, diffCodes } from "../../core/geography/code-changes.ts";
import type { Geography } from "../../core/geography/geography.ts";
import { diffGeography, type GeographyDiff, placesOf } from "../../core/geography/geography-diff.ts";
import type { GeographyTree } from "../../core/geography/geography-source.ts";
import { buildGeographyTree } from "../../core/geography/geography-tree.ts";
import { matchGeography, placeKey } from "../../core/geography/match-geography.ts";
import { grouped } from "../../core/grouped.ts";
import type { ImportReport } from "../../core/import/import-report.ts";
import type { KeptChange } from "../../core/runs/kept-change.ts";
import { noCounts } from "../../core/runs/run.ts";
import { clearNeedlessEntries } from "../../db/capture/needless-entries.ts";
import type { Session } from "../../db/connection/session.ts";
import { readStoredCodes, readStoredPlaces, writeCodes } from "../../db/places/code-store.ts";
import { findHeldPlaces, type HeldPlace, readPlaces } from "../../db/places/geography-reader.ts";
import { recodePlaces, removePlaces, writeOldNames, writePlaces } from "../../db/places/geography-store.ts";
import { geographyMissing } from "../../db/places/psgc-codes.ts";
import { readCoveragesOf } from "../../db/reverts/removed-coverages.ts";
import { type Connection, withReversibleTransaction } from "../../db/transaction/transaction.ts";
import { loadBundledGeography } from "../../files/geography/bundled-geography.ts";
import { readPsgcDatafile } from "../../files/geography/psgc-datafile.ts";
import { fileAt } from "../../files/open-file.ts";
import { callGiven } from "../shared/given-options.ts";
import { type OperationOptions, sayNothing } from "../shared/options.ts";
import { beginRun, endRun } from "../shared/runs/run.ts";
import { runFile } from "../shared/runs/run-file.ts";

export interface GeographyImportOptions extends OperationOptions {
  /** PSA's publication datafile; the bundled edition by default. */
  file?: string | null | undefined;
  /** Shows what would change; writes nothing. */
  dryRun?: boolean | undefined;
}

/**
 * Imports an edition of the PSGC in one transaction. Units are matched by code; units that the edition lacks are removed.
 * The places of an application stay as they are: they only get the PSGC codes that their names show.
 *
 * @throws InputError if the edition lacks a unit that has a community, or a manual or archived coverage
 */
export async function importGeography(
  connection: Connection,
  options: GeographyImportOptions = {},
): Promise<ImportReport> {
  const started = performance.now();
  callGiven(connection, options?.file === null ? { ...options, file: undefined } : options);
  const { file = null, dryRun = false, progress = sayNothing } = options;
  progress("Reading the geography");
  const { geography, rejects, warnings } = await readGeography(file);
  const rejected = new Set(rejects.map(({ row }) => row)).size;
  const edition = placesOf(geography);
  const run = beginRun("import geography", options, { file: file === null ? null : await runFile(fileAt(file)) });
  const imported = await withReversibleTransaction(connection, options, async (session) => {
    progress("Writing places");
    const write = session.schema.isOwn ? writePlacesOf : writeCodesOf;
    const value = await write(session, geography);
    if (rejected > 0) return { value: NOTHING, keep: false };
    await writeOldNames(session, geography.oldNames);
    const places = {
      created: count(value, "created"),
      updated: count(value, "updated"),
      removed: count(value, "removed"),
    };
    await endRun(session, run, { plan: null, direct: value.coverages, counts: { ...noCounts(), places } });
    return { value, keep: !dryRun };
  });
  const { changes: _, coverages: __, unchanged, ...lists } = imported;
  return {
    command: "import",
    what: "geography",
    file: file ?? geography.edition,
    dryRun,
    skipInvalid: false,
    rows: edition.length + rejected,
    created: count(imported, "created"),
    updated: count(imported, "updated"),
    unchanged,
    removed: count(imported, "removed"),
    rejected,
    rejects,
    warnings,
    ...lists,
    sync: null,
    durationMs: performance.now() - started,
  };
}

/** What an import wrote; `places` or `psgcCodes` says more about the changes. */
interface Imported extends Pick<ImportReport, "places" | "psgcCodes"> {
  changes: ReadonlyArray<{ action: string }>;
  /** Coverages that were removed with their units. */
  coverages: readonly KeptChange[];
  unchanged: number;
}

const NOTHING: Imported = { changes: [], coverages: [], unchanged: 0 };

function count({ changes }: Imported, action: string): number {
  return changes.filter((change) => change.action === action).length;
}

async function writePlacesOf(session: Session, geography: Geography): Promise<Imported> {
  const diff = diffGeography(await readPlaces(session), placesOf(geography));
  const coverages = await applyDiff(session, diff);
  await clearNeedlessEntries(session);
  return { changes: diff.changes, coverages, unchanged: diff.unchanged, places: diff.changes };
}

/** Leaves the places of an application as they are, and keeps the PSGC codes that their names show. */
async function writeCodesOf(session: Session, geography: Geography): Promise<Imported> {
  const places = await readStoredPlaces(session);
  if (places.length === 0) throw geographyMissing(session);
  const stored = await readStoredCodes(session);
  const known = new Map(stored.map(({ level, unitId, psgcCode }) => [placeKey({ level, id: unitId }), psgcCode]));
  const { coded, uncoded } = matchGeography(places, geography, known);
  const diff = diffCodes(stored, places, coded);
  await writeCodes(session, diff);
  const used = new Set(coded.map(({ level, psgcCode }) => `${level} ${psgcCode}`));
  const psgcCodes = {
    changes: diff.changes,
    unplaced: uncoded.map(({ level, code, name, parent, message }) => ({ level, code, name, parent, message })),
    placed: countByLevel(coded),
    unused: countByLevel(placesOf(geography).filter(({ level, code }) => !used.has(`${level} ${code}`))),
  };
  return { changes: diff.changes, coverages: [], unchanged: diff.unchanged, psgcCodes };
}

async function readGeography(file: string | null): Promise<GeographyTree> {
  if (file === null) return { geography: await loadBundledGeography(), rejects: [], warnings: [] };
  const tree = buildGeographyTree(await readPsgcDatafile(fileAt(file)));
  if (tree.geography.barangays.length === 0) {
    throw new InputError(`${file} has no valid barangays`, "Check that it is the PSGC publication datafile of PSA.");
  }
  return tree;
}

/** @returns the coverages that are removed with their units */
async function applyDiff(session: Session, { written, removed, recoded }: GeographyDiff): Promise<KeptChange[]> {
  const held = removed.length === 0 ? [] : await findHeldPlaces(session, removed);
  if (held.length > 0) throw refusal(held);
  await recodePlaces(session, recoded);
  await writePlaces(session, written);
  const coverages = removed.length === 0 ? [] : await readCoveragesOf(session, removed);
  await removePlaces(session, removed);
  return coverages;
}

function refusal(held: readonly HeldPlace[]): InputError {
  const shown = held.slice(0, 20).map(({ code, name, reason }) => `  ${code} ${name}: ${reason}`);
  const rest = held.length > shown.length ? [`  and ${grouped(held.length - shown.length)} more`] : [];
  return new InputError(
    `this edition drops ${grouped(held.length)} ${held.length === 1 ? "unit" : "units"} with communities or coverages to keep; nothing was written:\n${[...shown, ...rest].join("\n")}`,
    "First import these communities under their new barangay codes and remove the old ones, or check that the file is complete.",
  );
}
