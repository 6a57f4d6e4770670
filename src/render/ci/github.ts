import { grouped } from "../../core/grouped.ts";
import type { VerifyReport } from "../../core/verify/verify-report.ts";
import { checkedUnits, describeDrift, nothingIn } from "../text/diagnosis/verify.ts";
import { describeFinding } from "../text/left-out.ts";
import { counted } from "../text/style.ts";

/** Workflow commands of GitHub Actions, which shows each finding as an annotation. */
export function verifyGithub(report: VerifyReport): string {
  const lines = report.drift.map((drift) => {
    const title = escapeProperty(`${drift.kind} coverage: ${drift.name}, ${drift.parent}`);
    return `::error title=${title}::${escapeData(`${drift.code}: ${describeDrift(drift, grouped)}`)}`;
  });
  for (const finding of report.findings) {
    const title = escapeProperty(`left out: ${finding.name}, ${finding.parent}`);
    lines.push(`::error title=${title}::${escapeData(`${finding.code}: ${describeFinding(finding, grouped)}`)}`);
  }
  for (const { level, code, name, field, source, database } of report.source?.mismatches ?? []) {
    const title = escapeProperty(`differs from the source: ${level} ${name}`.trim());
    lines.push(
      `::error title=${title}::${escapeData(`${code} ${field}: ${grouped(source)} in the source, ${grouped(database)} stored`.trim())}`,
    );
  }
  const summary = report.isEmpty
    ? `nothing to verify: ${nothingIn(report)}`
    : `${checkedUnits(report)} checked, ${counted(report.drift.length + report.findings.length, "differs", "differ")}`;
  return `${[...lines, `::notice title=obc-sync verify::${summary}`].join("\n")}\n`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
