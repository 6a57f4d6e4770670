import { grouped } from "../grouped.ts";
import { describeBrokenTriggers } from "../sync/broken-trigger.ts";
import { ageSeconds, lastCheckOf, type StatusContents, type StatusFacts, type StatusProblem } from "./status-report.ts";

const SECONDS_IN_AN_HOUR = 3600;

/** @param placesMissing the hint of an error where the database has no places */
export function findStatusProblems(facts: StatusFacts, placesMissing: string): StatusProblem[] {
  const { error, migrations, contents } = facts;
  if (error !== null) return [{ kind: "unreadable", message: error.message, remedy: commandIn(error.hint) }];
  const found: StatusProblem[] = [];
  const report = (kind: StatusProblem["kind"], message: string, remedy: string) =>
    found.push({ kind, message, remedy });
  if (migrations !== null && migrations.pending.length > 0) {
    report("not-migrated", describeMissing(facts), "obc-sync migrate");
  }
  if (contents === null) return found;
  const { triggers, barangays, drift } = contents;
  if (triggers !== null && triggers.broken.length > 0) {
    const broken = describeBrokenTriggers(triggers.broken);
    report("broken-triggers", `changes may be missing from the change log: ${broken}`, "obc-sync sync --changed");
  }
  if (barangays === 0) report("no-geography", "the database has no geography yet", commandIn(placesMissing));
  if (drift !== null && drift.differing > 0) {
    report("drift", `${grouped(drift.differing)} of the coverages differ from the communities`, "obc-sync sync");
  } else if (drift !== null && drift.leftOut > 0) {
    const message = `a sync leaves out ${grouped(drift.leftOut)} of the coverages: a sum is too large`;
    report("drift", message, "obc-sync analyze --check beyond-32-bits");
  }
  return [...found, ...tooOld(facts, contents)];
}

/** Without the words that begin the hint of an error. */
function commandIn(hint: string): string {
  return hint.replace(/^Run: /, "");
}

function describeMissing({ schema, migrations }: StatusFacts): string {
  if (migrations?.applied.length) {
    const { pending } = migrations;
    return `the tables are those of an older version: ${pending.join(", ")} ${pending.length === 1 ? "is" : "are"} missing`;
  }
  if (schema === "native") return "the database lacks the tables of obc-sync";
  return `the database has the tables of ${schema}, but obc-sync has not been set up on it`;
}

function tooOld(facts: StatusFacts, contents: StatusContents): StatusProblem[] {
  const { maxAgeHours } = facts;
  if (maxAgeHours === null) return [];
  const isTooOld = (time: string) => ageSeconds(time, facts) > maxAgeHours * SECONDS_IN_AN_HOUR;
  const found: StatusProblem[] = [];
  const last = lastCheckOf(contents);
  if (last === null || isTooOld(last)) {
    found.push({
      kind: "check-too-old",
      message: `the last sync is more than ${hours(maxAgeHours)} ago, or there was none: look whether its schedule (cron, systemd or watch) still runs`,
      remedy: "obc-sync sync",
    });
  }
  const { oldest } = contents.waiting;
  if (oldest !== null && isTooOld(oldest)) {
    const message = `changes have waited for a sync for more than ${hours(maxAgeHours)}`;
    found.push({ kind: "changes-too-old", message, remedy: "obc-sync sync --changed" });
  }
  return found;
}

function hours(count: number): string {
  return `${count} ${count === 1 ? "hour" : "hours"}`;
}

/** What to do in a healthy database; null if there is nothing. */
export function nextStep(contents: StatusContents): string | null {
  if (contents.waiting.entries > 0) return "obc-sync sync --changed";
  if (hasNoRecords(contents)) return "obc-sync import communities FILE";
  return contents.lastSync === null ? "obc-sync sync" : null;
}

/** Whether there is neither a community nor a coverage, archived ones included. */
export function hasNoRecords({ communities, coverages }: StatusContents): boolean {
  const { municipality, province } = coverages;
  const counts = [communities, municipality, province].flatMap((states): number[] => Object.values(states));
  return counts.every((count) => count === 0);
}
