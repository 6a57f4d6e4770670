import {
  lastCheckOf,
  STATUS_PROBLEMS,
  type StatusContents,
  type StatusReport,
} from "../../core/diagnosis/status-report.ts";
import { refuseValue } from "../../core/records/given-values.ts";
import { LEVELS } from "../../core/sync/level.ts";

interface Metric {
  /** Without the prefix; with the unit at its end, as Prometheus names metrics. */
  name: string;
  help: string;
  samples: Sample[];
}

interface Sample {
  labels?: Record<string, string>;
  value: number;
}

/**
 * A status in the text format of Prometheus, for the textfile collector of node_exporter. Times are Unix times, so that a
 * rule computes ages even if no new file is written. What is unknown has no sample. Each sample names its database, so that
 * one machine can have the files of several.
 */
export function statusMetrics(report: StatusReport): string {
  // JavaScript may pass anything, whatever the types say.
  if (report?.command !== "status") refuseValue("the report", report, "what status() returns");
  return metricsOf(report)
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, help, samples }) => [
      `# HELP obc_sync_${name} ${help}`,
      `# TYPE obc_sync_${name} gauge`,
      ...samples.map(({ labels, value }) => {
        const all = { database: report.database, ...labels };
        return `obc_sync_${name}{${Object.entries(all).map(labelText).join(",")}} ${value}`;
      }),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

function metricsOf(report: StatusReport): Metric[] {
  const { problems, error, schema, migrations, contents, checkedAt, version } = report;
  const has = (kind: string) => Number(problems.some((problem) => problem.kind === kind));
  return [
    { name: "up", help: "Whether the status of the database could be read.", samples: single(Number(error === null)) },
    { name: "healthy", help: "Whether the status has no problem.", samples: single(Number(problems.length === 0)) },
    {
      name: "problem",
      help: "Whether the status has a problem of this kind.",
      samples: STATUS_PROBLEMS.map((kind) => ({ labels: { kind }, value: has(kind) })),
    },
    {
      name: "info",
      help: "The version of the program, and whose tables the database has.",
      samples: [{ labels: { version, schema: schema ?? "" }, value: 1 }],
    },
    { name: "status_timestamp_seconds", help: "When the status was read.", samples: single(unixTime(checkedAt)) },
    { name: "pending_migrations", help: "Migrations to apply.", samples: single(migrations?.pending.length) },
    ...(contents === null ? [] : metricsOfContents(contents)),
  ];
}

function metricsOfContents(contents: StatusContents): Metric[] {
  const { triggers, communities, coverages, waiting, lastSync, drift } = contents;
  return [
    {
      name: "broken_triggers",
      help: "Triggers missing, disabled or altered.",
      samples: single(triggers?.broken.length),
    },
    { name: "communities", help: "Communities by state.", samples: byState(communities) },
    {
      name: "coverages",
      help: "Coverages by level and state.",
      samples: LEVELS.flatMap((level) => byState(coverages[level], { level })),
    },
    { name: "waiting_changes", help: "Changes in the log that wait for a sync.", samples: single(waiting.entries) },
    {
      name: "oldest_waiting_change_timestamp_seconds",
      help: "When the oldest change that waits for a sync was made.",
      samples: single(unixTime(waiting.oldest)),
    },
    {
      name: "last_sync_timestamp_seconds",
      help: "When the newest sync that was recorded ended.",
      samples: single(unixTime(lastSync?.finishedAt)),
    },
    {
      name: "last_check_timestamp_seconds",
      help: "When the newest sync ended, or one last found nothing to do.",
      samples: single(unixTime(lastCheckOf(contents))),
    },
    {
      name: "differing_coverages",
      help: "Coverages that differ from their communities, or that a sync leaves out (with --verify).",
      samples: single(drift === null ? undefined : drift.differing + drift.leftOut),
    },
  ];
}

/** No sample where the value is unknown. */
function single(value: number | null | undefined): Sample[] {
  return value === null || value === undefined ? [] : [{ value }];
}

function byState(counts: Record<string, number>, labels: Record<string, string> = {}): Sample[] {
  return Object.entries(counts).map(([state, value]) => ({ labels: { ...labels, state }, value }));
}

function unixTime(time: string | null | undefined): number | null {
  return time === null || time === undefined ? null : Date.parse(time) / 1000;
}

const ESCAPES: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n" };

function labelText([name, value]: [string, string]): string {
  return `${name}="${value.replace(/[\\"\n]/g, (character) => ESCAPES[character] as string)}"`;
}
