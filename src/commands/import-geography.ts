import type { Knex } from "knex";
import { InputError } from "../core/errors.ts";
import { diffGeography, type GeographyDiff, placesOf } from "../core/geography/geography-diff.ts";
import type { GeographyTree } from "../core/geography/geography-source.ts";
import { buildGeographyTree } from "../core/geography/geography-tree.ts";
import type { ImportReport } from "../core/import/import-report.ts";
import { type Database, withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { RolledBack, withExclusiveTransaction } from "../db/connection/transaction.ts";
import { findHeldPlaces, type HeldPlace, readPlaces } from "../db/places/geography-reader.ts";
import { recodePlaces, removePlaces, writeOldNames, writePlaces } from "../db/places/geography-store.ts";
import { loadBundledGeography } from "../files/geography/bundled-geography.ts";
import { readPsgcDatafile } from "../files/geography/psgc-datafile.ts";
import type { CommandContext } from "./context.ts";

export interface GeographyImportOptions {
  /** PSA's publication datafile; null for the edition that comes with the program. */
  file: string | null;
  dryRun: boolean;
}

/**
 * Loads an edition of the PSGC: units are matched by code, renamed and moved ones updated, dropped ones removed, all
 * in one transaction.
 *
 * @throws InputError where the edition drops a unit that communities or a person's coverage hang on
 */
export async function importGeography(options: GeographyImportOptions, context: CommandContext): Promise<ImportReport> {
  const started = performance.now();
  const { settings, progress, signal } = context;
  return withDatabase(parseDatabaseLocation(settings.database), "write", async (database) => {
    progress("Reading the geography");
    const { geography, rejects, warnings } = await readGeography(options.file);
    const rejected = new Set(rejects.map(({ row }) => row)).size;
    const edition = placesOf(geography);
    const diff = await withExclusiveTransaction(
      database,
      { timeoutMs: settings.lockTimeoutMs, signal },
      async (transaction) => {
        const planned = diffGeography(await readPlaces(transaction), edition);
        if (rejected > 0) throw new RolledBack({ ...planned, changes: [], unchanged: 0 });
        await applyDiff(transaction, database, planned, context);
        await writeOldNames(transaction, database.dialect, geography.oldNames);
        if (options.dryRun) throw new RolledBack(planned);
        return planned;
      },
    ).catch(RolledBack.outcomeOf<GeographyDiff>);
    const count = (action: string) => diff.changes.filter((change) => change.action === action).length;
    return {
      command: "import",
      what: "geography",
      file: options.file ?? geography.edition,
      dryRun: options.dryRun,
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
  });
}

async function readGeography(file: string | null): Promise<GeographyTree> {
  if (file === null) return { geography: await loadBundledGeography(), rejects: [], warnings: [] };
  const tree = buildGeographyTree(await readPsgcDatafile(file));
  if (tree.geography.barangays.length === 0) {
    throw new InputError(`${file} has no barangay that can be placed`, "Is it the PSGC publication datafile of PSA?");
  }
  return tree;
}

async function applyDiff(
  transaction: Knex.Transaction,
  { dialect }: Database,
  { written, removed, recoded }: GeographyDiff,
  { progress }: CommandContext,
): Promise<void> {
  progress("Writing places");
  const held = removed.length === 0 ? [] : await findHeldPlaces(transaction, dialect, removed);
  if (held.length > 0) throw refusal(held);
  await recodePlaces(transaction, dialect, recoded);
  await writePlaces(transaction, dialect, written);
  await removePlaces(transaction, dialect, removed);
}

function refusal(held: readonly HeldPlace[]): InputError {
  const shown = held.slice(0, 20).map(({ code, name, reason }) => `  ${code} ${name}: ${reason}`);
  const rest = held.length > shown.length ? [`  and ${held.length - shown.length} more`] : [];
  return new InputError(
    `this edition drops ${held.length} ${held.length === 1 ? "unit" : "units"} that people's work hangs on; nothing was written:\n${[...shown, ...rest].join("\n")}`,
    "Import these communities under their new barangay codes and remove the old ones first, or check that the file is complete.",
  );
}
