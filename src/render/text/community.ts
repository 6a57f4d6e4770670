import type { CommunityReport } from "../../core/records/community-report.ts";
import { leftOutLines } from "./left-out.ts";
import type { Style } from "./style.ts";
import { describeChange, planLines } from "./sync.ts";

const DONE = { add: "Added", set: "Changed", archive: "Archived", restore: "Restored", remove: "Removed" } as const;

export function communityText(report: CommunityReport, style: Style): string[] {
  if (report.plan === null) return showText(report, style);
  const { action, community, fields, plan } = report;
  if (style.quiet) return leftOutLines(plan.findings, style);
  const place = `${community.name}, ${community.municipality}, ${community.province} (${community.code})`;
  // Adding or removing a community changes every column that has a value, so only the first are listed.
  const changes = Object.entries(fields).map(([column, change]) => describeChange(column, change, "updated"));
  const shown = action === "set" ? changes : changes.slice(0, 4);
  const rest = changes.length > shown.length ? `, and ${changes.length - shown.length} more` : "";
  const heading = `${DONE[action as keyof typeof DONE]} community: ${place}`;
  return [
    style.paint.bold(heading) + (shown.length > 0 ? `   ${style.paint.dim(shown.join(", ") + rest)}` : ""),
    ...planLines(plan, "  No coverage changed.", style),
  ];
}

function showText({ community }: CommunityReport, { paint }: Style): string[] {
  const { name, code, municipality, province, values, archived } = community;
  const heading = `${paint.bold(name)}, ${municipality}, ${province} (${code})${archived ? paint.yellow("  archived") : ""}`;
  if (values === null) return [heading, "  no community"];
  const width = Math.max(...Object.keys(values).map((column) => column.length));
  return [
    heading,
    ...Object.entries(values).map(([column, value]) => `  ${column.padEnd(width)}  ${value ?? paint.dim("-")}`),
  ];
}
