import { grouped } from "../../core/grouped.ts";
import type { CommunityRecord } from "../../core/records/community.ts";
import type { CommunityReport } from "../../core/records/community-report.ts";
import type { CommunityValue } from "../../core/records/parse-value.ts";
import { describeFields, FIELDS_SHOWN, firstOf } from "./changes/unit-lines.ts";
import { leftOutLines } from "./left-out.ts";
import { headed, type Style } from "./style.ts";
import { planLines } from "./sync.ts";

const DONE = { add: "Added", set: "Changed", archive: "Archived", restore: "Restored", remove: "Removed" } as const;

export function communityText(report: CommunityReport, style: Style): string[] {
  if (report.plan === null) return showText(report, style);
  const { action, before, community, fields, plan } = report;
  if (style.quiet) return leftOutLines(plan.findings, style);
  const place = `${community.name}, ${community.municipality}, ${community.province} (${community.code})`;
  const state = (record?: CommunityRecord) => [record?.values === null, record?.archived].join();
  const isChanged = Object.keys(fields).length > 0 || state(before) !== state(community);
  const heading = `${isChanged ? DONE[action as keyof typeof DONE] : "Unchanged"} community: ${place}`;
  return [
    ...headed(heading, fieldsText(action, fields, style), style, style.paint.bold),
    ...planLines(plan, "  No coverage changed.", style),
  ];
}

/** Adding or removing a community changes every column that has a value, so only the first are listed. */
function fieldsText(action: CommunityReport["action"], fields: CommunityReport["fields"], style: Style): string {
  if (action === "add") return firstOf(describeFields({ action: "created", fields }, style), FIELDS_SHOWN);
  if (action === "remove") return firstOf(describeFields({ action: "removed", fields }, style), FIELDS_SHOWN);
  return describeFields({ action: "updated", fields }, style).join(", ");
}

function showText({ community }: CommunityReport, { paint }: Style): string[] {
  const { name, code, municipality, province, values, archived } = community;
  const heading = `${paint.bold(name)}, ${municipality}, ${province} (${code})${archived ? paint.yellow("  archived") : ""}`;
  if (values === null) return [heading, "  no community"];
  const width = Math.max(...Object.keys(values).map((column) => column.length));
  const shown = (value: CommunityValue) => {
    if (value === null) return paint.dim("-");
    return typeof value === "number" ? grouped(value) : value;
  };
  return [heading, ...Object.entries(values).map(([column, value]) => `  ${column.padEnd(width)}  ${shown(value)}`)];
}
