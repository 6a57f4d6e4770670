import { grouped } from "../../core/grouped.ts";
import type { SyncFinding } from "../../core/sync/sync-finding.ts";
import { headed, type Style } from "./style.ts";

/** One line for each unit that a sync leaves out, and what to do about them. */
export function leftOutLines(findings: readonly SyncFinding[], style: Style): string[] {
  if (findings.length === 0) return [];
  return [
    ...findings.flatMap((finding) => {
      const place = `${finding.name}, ${finding.parent} (${finding.code})`;
      return headed(`  ✗ Left out: ${place}`, describeFinding(finding, grouped), style, style.paint.red);
    }),
    "Most likely a figure beneath it has a typing error. Find it with: obc-sync analyze --check beyond-32-bits",
  ];
}

/** The sums that are too large. Also used by the formats for CI, where programs may read the figures. */
export function describeFinding({ fields, limit }: SyncFinding, figureText: (figure: number) => string): string {
  const sums = Object.entries(fields).map(([column, sum]) => `${column} adds up to ${figureText(sum)}`);
  return `${sums.join(", ")}; the largest figure allowed is ${figureText(limit)}`;
}
