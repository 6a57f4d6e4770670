import { grouped } from "../grouped.ts";
import type { UnitLevel } from "../sync/unit-change.ts";
import type { ForeignChange } from "./past-state.ts";
import { pointText } from "./point-in-time.ts";

/** What figures of the past rely on, and where they are not known. */
export interface AsOf {
  /** The last run until then; 0 for the time before the first. */
  run: number;
  /** ISO 8601 in UTC. */
  time: string;
  /** Later runs that changed places: names, codes and what belongs to what are those of today. */
  placeRuns: readonly number[];
  /** Runs until then of which `history prune` has deleted what they changed: what they left cannot be compared. */
  forgottenRuns: readonly number[];
  /** Units that another program has changed since, or may have. */
  foreignUnits: readonly ForeignUnit[];
  /** Municipalities in which a later sync found communities changed; which communities it were no run tells. */
  foreignSyncs: readonly ForeignSync[];
}

export interface ForeignUnit {
  level: UnitLevel;
  code: string;
  name: string;
  change: ForeignChange;
}

/** A sync that changed a municipality's coverage, in a run that changed no community itself. */
export interface ForeignSync {
  run: number;
  code: string;
  municipality: string;
  province: string;
}

const NAMED = 10;

/** The same in sentences, the first of which says of when the figures are. */
export function asOfNotes(asOf: AsOf): string[] {
  const { run, time, placeRuns, forgottenRuns, foreignUnits, foreignSyncs } = asOf;
  const notes = [
    `Figures as of ${pointText({ time: new Date(time) })}, ${run === 0 ? "before the first run" : `after run ${run}`}, rebuilt from what runs have changed`,
  ];
  if (placeRuns.length > 0) {
    notes.push(`Names, codes and parents of places are those of today: ${runs(placeRuns)} changed places since`);
  }
  if (forgottenRuns.length > 0) {
    notes.push(
      `What ${runs(forgottenRuns)} changed has been deleted (history prune), so that changes of other programs are noticed only by the time at which they wrote a row`,
    );
  }
  const noteOn = (is: (change: ForeignChange) => boolean, text: string) => {
    const units = foreignUnits.filter(({ change }) => is(change));
    if (units.length > 0) notes.push(`${grouped(units.length)} ${text}: ${sample(units.map(unitText))}`);
  };
  noteOn(
    (change) => typeof change === "object" && "columns" in change,
    "changed by another program since, shown as the last run before left them",
  );
  noteOn(
    (change) => change === "unknown",
    "written by another program since, blank in the figures that no run has changed, because they are not known",
  );
  noteOn(
    (change) => typeof change === "object" && "foundBy" in change,
    "not written in full by any run until then, shown as a later run found them; another program may have changed them in between",
  );
  noteOn((change) => change === "added", "added by another program since, left out");
  noteOn((change) => change === "removed", "removed by another program since, blank where no run has the figures");
  if (foreignSyncs.length > 0) {
    const places = foreignSyncs.map(
      ({ municipality, province, run: sync }) => `${municipality}, ${province} (${sync})`,
    );
    notes.push(
      `Communities of ${grouped(foreignSyncs.length)} ${foreignSyncs.length === 1 ? "municipality" : "municipalities"} may have had other figures: a later sync (its run in brackets) found changes there of another program, or of an import or a revert without a sync: ${sample(places)}`,
    );
  }
  return notes;
}

function runs(ids: readonly number[]): string {
  return `${ids.length === 1 ? "run" : "runs"} ${ids.join(", ")}`;
}

function unitText({ name, code, change }: ForeignUnit): string {
  if (typeof change !== "object") return `${name} (${code})`;
  return `${name} (${code}: ${"columns" in change ? change.columns.join(", ") : `run ${change.foundBy}`})`;
}

function sample(texts: readonly string[]): string {
  const rest = texts.length - NAMED;
  return `${texts.slice(0, NAMED).join("; ")}${rest > 0 ? ` and ${grouped(rest)} more` : ""}`;
}
