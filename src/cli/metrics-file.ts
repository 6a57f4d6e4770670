import type { StatusReport } from "../core/diagnosis/status-report.ts";
import { UsageError } from "../core/errors.ts";
import type { CommandContext } from "./context.ts";

/** node_exporter runs with an account of its own. */
const READABLE_BY_ALL = 0o644;

/** @throws UsageError if node_exporter would not read a file of this name */
export function checkMetricsFile(path: string): void {
  if (path.endsWith(".prom")) return;
  throw new UsageError(
    `--prometheus "${path}" does not end in .prom`,
    "node_exporter reads only such files. For example: --prometheus /var/lib/prometheus/node-exporter/obc-sync.prom",
  );
}

/**
 * Reads a status and writes it as metrics too: to another file that is then renamed, so that node_exporter never sees a
 * part of it.
 *
 * @throws UsageError where the file cannot be written
 */
export async function withMetrics(
  path: string | undefined,
  { settings }: Pick<CommandContext, "settings">,
  read: () => Promise<StatusReport>,
): Promise<StatusReport> {
  if (path === undefined) return read();
  const { withOutputFile, writeText } = await import("../files/out/output-file.ts");
  const { databaseFiles } = await import("../operations/shared/protected-files.ts");
  const { statusMetrics } = await import("../render/metrics/status.ts");
  const never = databaseFiles(settings.database);
  const request = { path, flag: "--prometheus", overwrite: true, mode: READABLE_BY_ALL, never };
  return withOutputFile(request, async (draft) => {
    const report = await read();
    writeText(draft, statusMetrics(report));
    return { ...report, metricsFile: path };
  });
}
