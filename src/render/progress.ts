import type { Writable } from "node:stream";
import { WriteStream } from "node:tty";
import { visible } from "./visible.ts";

export interface Progress {
  say: (message: string) => void;
  stop: () => void;
}

const SILENT: Progress = { say: () => {}, stop: () => {} };

/**
 * Shows a spinner if stderr is a terminal. Not on a terminal of width 0, as under script(1) in CI: ora would erase an
 * unlimited number of lines.
 */
export async function startProgress(stderr: Writable, wanted: boolean): Promise<Progress> {
  if (!wanted || !(stderr instanceof WriteStream) || !stderr.columns) return SILENT;
  const { default: ora } = await import("ora");
  const spinner = ora({ stream: stderr, discardStdin: false });
  return {
    say: (message) => {
      spinner.text = visible(message);
      if (!spinner.isSpinning) spinner.start();
    },
    stop: () => {
      spinner.stop();
    },
  };
}
