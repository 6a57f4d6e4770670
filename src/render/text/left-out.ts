import { grouped } from "../../core/grouped.ts";
import type { SyncFinding } from "../../core/sync/sync-finding.ts";
import type { Style } from "./style.ts";

/** One line for each unit that a sync leaves out, and what to do about them. */
export function leftOutLines(findings: readonly SyncFinding[], { paint }: Style): string[] {
  if (findings.length === 0) return [];
  return [
    ...findings.map((finding) => {
      const place = `${finding.name}, ${finding.parent} (${finding.code})`;
      return `  ${paint.red(`✗ Left out: ${place}`)}   ${describeFinding(finding)}`;
    }),
    "Most likely a manual coverage beneath it has a typing error. Find the figure with: obc-sync analyze --check beyond-32-bits",
  ];
}

/** The sums that are too large. Also used by the formats for CI. */
export function describeFinding({ fields, limit }: SyncFinding): string {
  const sums = Object.entries(fields).map(([column, sum]) => `${column} adds up to ${grouped(sum)}`);
  return `${sums.join(", ")}; the largest figure allowed is ${grouped(limit)}`;
}
