import { fstatSync } from "node:fs";
import type { WatchEvent } from "../../core/sync/watch-report.ts";
import type { OutputStream } from "./streams.ts";

/** The priorities of syslog that the journal of systemd takes: see sd-daemon(3). */
export const PRIORITY = { error: 3, warning: 4, info: 6 } as const;

/** Whether a stream goes to the journal of systemd, which names it in JOURNAL_STREAM by device and inode. */
export function isJournal(stream: OutputStream, { JOURNAL_STREAM }: NodeJS.ProcessEnv): boolean {
  const { fd } = stream as { fd?: number };
  if (JOURNAL_STREAM === undefined || fd === undefined) return false;
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return JOURNAL_STREAM === `${dev}:${ino}`;
}

/** Text with a priority before each line, which the journal takes away again. */
export function withPriority(text: string, priority: number): string {
  return text.replace(/^(?=.)/gm, `<${priority}>`);
}

export function priorityOfEvent(event: WatchEvent): number {
  if (event.kind === "failed") return PRIORITY.error;
  const isDoubtful = event.kind === "synced" && event.plan.findings.length + event.plan.repaired.length > 0;
  return isDoubtful ? PRIORITY.warning : PRIORITY.info;
}
