import type { WatchEvent } from "../core/sync/watch-report.ts";
import type { Settings } from "../settings.ts";

/** What every command is given: checked settings, ways to tell how far it is and to ask, and a way to be stopped. */
export interface CommandContext {
  settings: Settings;
  /** Says what is being done now; shown on a terminal, nowhere else. */
  progress: (message: string) => void;
  /** Asks the user a question; false where the answer is no, or where nobody can be asked. */
  confirm: (question: string) => Promise<boolean>;
  /** Reports something that happened while a command goes on running. */
  emit: (event: WatchEvent) => void;
  signal: AbortSignal;
}
