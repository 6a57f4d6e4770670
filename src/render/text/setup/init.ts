import type { InitReport } from "../../../core/setup/init-report.ts";
import type { Style } from "../style.ts";

const STATES: Readonly<Record<InitReport["state"], string>> = {
  missing: "The database does not exist yet.",
  empty: "The database can be reached; it has no tables of obc-sync yet.",
  outdated: "The database can be reached; its tables are of an earlier version.",
  migrated: "The database can be reached; it has no places yet.",
  "with geography": "The database can be reached; it has places, and no communities yet.",
  "with communities": "The database can be reached; it has communities.",
};

export function initText({ file, values, schema, state, next }: InitReport, { quiet }: Style): string[] {
  if (quiet) return [];
  const others = schema === null || schema === "native" ? "" : ` Its tables are those of ${schema}.`;
  return [
    `Wrote ${file}:`,
    ...Object.entries(values).map(([key, value]) => `  ${key}: ${value}`),
    `${STATES[state]}${others}`,
    "Next:",
    ...next.map((command) => `  ${command}`),
  ];
}
