import type { VerifyReport } from "../../core/verify/verify-report.ts";
import { describeDrift } from "../text/verify.ts";

/** JUnit XML: one test case for all coverages that agree, and a failed one for each finding. */
export function verifyJunit(report: VerifyReport): string {
  const { municipalities, provinces } = report.checked;
  const failures = report.drift.map(
    (
      drift,
    ) => `    <testcase classname="obc-sync.${drift.level}" name="${escapeXml(`${drift.name}, ${drift.parent} (${drift.code})`)}">
      <failure type="${drift.kind}" message="${escapeXml(describeDrift(drift))}"/>
    </testcase>`,
  );
  for (const { level, code, name, field, source, database } of report.source?.mismatches ?? []) {
    failures.push(`    <testcase classname="obc-sync.source.${level}" name="${escapeXml(`${name} (${code}) ${field}`.trim())}">
      <failure type="source" message="${escapeXml(`${source} in the source, ${database} stored`)}"/>
    </testcase>`);
  }
  const right = municipalities + provinces - report.drift.length;
  const summary = `    <testcase classname="obc-sync" name="${right} of ${municipalities + provinces} coverages agree with their communities"/>`;
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

function escapeXml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character] as string);
}
