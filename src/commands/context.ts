import type { Settings } from "../settings.ts";

/** What every command is given: checked settings, a way to tell how far it is, and a way to be stopped. */
export interface CommandContext {
  settings: Settings;
  /** Says what is being done now; shown on a terminal, nowhere else. */
  progress: (message: string) => void;
  signal: AbortSignal;
}
