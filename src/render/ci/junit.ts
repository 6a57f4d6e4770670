import type { SyncFinding } from "../../core/sync/sync-finding.ts";
import type { Drift } from "../../core/verify/drift.ts";
import type { VerifyReport } from "../../core/verify/verify-report.ts";
import { describeDrift, nothingIn } from "../text/diagnosis/verify.ts";
import { describeFinding } from "../text/left-out.ts";

/**
 * JUnit XML: one test case for all coverages that agree, and a failed one for each finding. Programs read it, so figures
 * have no separators.
 */
export function verifyJunit(report: VerifyReport): string {
  const { municipalities, provinces } = report.checked;
  const failures = [
    ...report.drift.map((drift) => failure(drift, describeDrift(drift, String))),
    ...report.findings.map((finding) => failure(finding, describeFinding(finding, String))),
  ];
  for (const { level, code, name, field, source, database } of report.source?.mismatches ?? []) {
    failures.push(`    <testcase classname="obc-sync.source.${level}" name="${escapeXml(`${name} (${code}) ${field}`.trim())}">
      <failure type="source" message="${escapeXml(`${source} in the source, ${database} stored`)}"/>
    </testcase>`);
  }
  const right = municipalities + provinces - report.drift.length - report.findings.length;
  const verdict = report.isEmpty
    ? `nothing to verify: ${nothingIn(report)}`
    : `${right} of ${municipalities + provinces} coverages agree with their communities`;
  const summary = `    <testcase classname="obc-sync" name="${escapeXml(verdict)}"/>`;
  const attributes = `tests="${failures.length + 1}" failures="${failures.length}" errors="0" time="${(report.durationMs / 1000).toFixed(3)}"`;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes}>`,
    `  <testsuite name="obc-sync verify" ${attributes}>`,
    summary,
    ...failures,
    "  </testsuite>",
    "</testsuites>",
  ].join("\n")}\n`;
}

/** A failed test case for a coverage. */
function failure({ kind, level, name, parent, code }: Drift | SyncFinding, message: string): string {
  return `    <testcase classname="obc-sync.${level}" name="${escapeXml(`${name}, ${parent} (${code})`)}">
      <failure type="${kind}" message="${escapeXml(message)}"/>
    </testcase>`;
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character] as string);
}
