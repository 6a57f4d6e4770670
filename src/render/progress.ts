export interface Progress {
  say: (message: string) => void;
  stop: () => void;
}

const SILENT: Progress = { say: () => {}, stop: () => {} };

/**
 * A spinner on a terminal; nothing where stderr is a file, a pipe or a log, nor on a terminal that says it has no
 * columns, as under script(1) in CI: ora would erase endlessly many lines there.
 */
export async function startProgress(stderr: NodeJS.WriteStream, wanted: boolean): Promise<Progress> {
  if (!wanted || stderr.isTTY !== true || !stderr.columns) return SILENT;
  const { default: ora } = await import("ora");
  const spinner = ora({ stream: stderr, discardStdin: false });
  return {
    say: (message) => {
      spinner.text = message;
      if (!spinner.isSpinning) spinner.start();
    },
    stop: () => {
      spinner.stop();
    },
  };
}
