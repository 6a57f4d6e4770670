import { ageSeconds, lastCheckOf, type StatusContents, type StatusReport } from "../../core/diagnosis/status-report.ts";
import { FORMAT_VERSION } from "../../core/report.ts";
import { rounded } from "./rounded.ts";
import type { StatusContentsDocument, StatusDocument } from "./types/diagnosis.ts";

/** The document of `status --json`, described in docs/json.md. */
export function statusDocument(report: StatusReport): StatusDocument {
  const { command, contents, maxAgeHours, problems, next, metricsFile, durationMs, ...rest } = report;
  return {
    formatVersion: FORMAT_VERSION,
    command,
    healthy: problems.length === 0,
    ...rest,
    contents: contents && contentsDocument(contents, report),
    maxAgeHours,
    problems,
    next,
    metricsFile,
    durationMs: rounded(durationMs),
  };
}

function contentsDocument(contents: StatusContents, report: StatusReport): StatusContentsDocument {
  const { triggers, edition, barangays, communities, coverages, waiting, lastSync, heartbeat, drift } = contents;
  const age = (time: string | null) => (time === null ? null : ageSeconds(time, report));
  const lastCheck = lastCheckOf(contents);
  return {
    triggers,
    edition,
    barangays,
    communities,
    coverages,
    waiting: { ...waiting, oldestAgeSeconds: age(waiting.oldest) },
    lastSync,
    heartbeat,
    lastCheck,
    lastCheckAgeSeconds: age(lastCheck),
    drift,
  };
}
