import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { InterruptedError, UsageError } from "../core/errors.ts";
import { startProgress } from "../render/progress.ts";
import { type RenderOptions, renderError, renderEvent, renderReport } from "../render/render.ts";
import { visible } from "../render/visible.ts";
import { readSettings } from "../settings.ts";
import { askUser } from "./ask-user.ts";
import type { CommandContext } from "./context.ts";
import { exitCodeOfError, exitCodeOfReport } from "./exit-code.ts";
import type { Invocation } from "./invocation.ts";
import { buildProgram, everyCommand } from "./program.ts";

export interface Streams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

/**
 * Parses the command line, runs the command, prints the result and returns the exit code. Every error of the program is
 * caught here.
 */
export async function main(
  argv: readonly string[],
  { stdout, stderr }: Streams,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  stopQuietlyOnClosedPipe(stdout);
  const json = argv.includes("--json") || argv.join(" ").includes("--format json") || argv.includes("--format=json");
  try {
    const invocation = parse(argv, { stdout, stderr });
    if (invocation === null) return 0;
    const { flags, format, details } = invocation;
    const settings = readSettings(flags, environment);
    const progress = await startProgress(stderr, flags.quiet !== true);
    const style: RenderOptions = {
      color: flags.color && wantsColor(stdout, environment),
      quiet: flags.quiet ?? false,
      details,
      width: terminalWidth(stdout),
    };
    const report = await withInterrupt((signal) => {
      const context: CommandContext = {
        settings,
        progress: progress.say,
        confirm: (question) => askUser(visible(question), stderr, signal),
        emit: (event) => {
          progress.stop();
          stdout.write(renderEvent(event, format, style));
        },
        signal,
      };
      return invocation.run(context);
    }).finally(progress.stop);
    await writeAll(renderReport(report, format, style), stdout);
    return exitCodeOfReport(report, { detailed: invocation.detailedExitCode });
  } catch (error) {
    const exitCode = exitCodeOfError(error);
    if (exitCode !== 0) {
      const color = wantsColor(stderr, environment) && !argv.includes("--no-color");
      if (json) stdout.write(renderError(asUserError(error), "json", color));
      else stderr.write(renderError(asUserError(error), "text", color));
    }
    return exitCode;
  }
}

/** Parses the command line; null if commander has already answered it (--help, --version). */
function parse(argv: readonly string[], { stdout, stderr }: Streams): Invocation | null {
  let invocation: Invocation | null = null;
  const program = buildProgram(packageVersion(), (asked) => {
    invocation = asked;
  });
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => stdout.write(text),
      // Usage errors are rendered like all other errors. Only help is written here.
      writeErr: (text) => {
        if (!text.startsWith("error:")) stderr.write(text);
      },
      outputError: () => {},
    });
  }
  program.parse(argv, { from: "user" });
  return invocation;
}

/** Converts a usage error of commander to a UsageError. */
function asUserError(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  if (error.code === "commander.help") {
    return new UsageError("a command is missing", "See the list above, or: obc-sync --help");
  }
  return new UsageError(error.message.replace(/^error: /, ""), "See: obc-sync --help, or --help after a command");
}

/** SIGINT and SIGTERM stop the run at its next step, so that it can roll back. A second signal ends the process. */
async function withInterrupt<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(exitCodeOfError(new InterruptedError()));
    controller.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    return await run(controller.signal);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** Writes no faster than the reader reads. Stops if the reader closes the pipe. */
async function writeAll(chunks: Iterable<string>, stdout: NodeJS.WriteStream): Promise<void> {
  for (const chunk of chunks) {
    if (!stdout.write(chunk) && !(await hasDrained(stdout))) return;
  }
}

/** Waits until more can be written; false if the stream was closed. */
function hasDrained(stdout: NodeJS.WriteStream): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (drained: boolean) => {
      stdout.off("drain", onDrain).off("error", onEnd).off("close", onEnd);
      resolve(drained);
    };
    const onDrain = () => settle(true);
    const onEnd = () => settle(false);
    stdout.on("drain", onDrain).on("error", onEnd).on("close", onEnd);
  });
}

/** `obc-sync ... | head` closes the pipe early, which is not an error. */
function stopQuietlyOnClosedPipe(stdout: NodeJS.WriteStream): void {
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

function wantsColor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";
}

/** Tables are unreadable below this width. It is also used if the terminal does not report its width. */
const NARROWEST_TERMINAL = 80;

function terminalWidth(stream: NodeJS.WriteStream): number | null {
  return stream.isTTY === true ? Math.max(stream.columns || 0, NARROWEST_TERMINAL) : null;
}

/** Reads package.json, which is one folder higher for the compiled program. */
function packageVersion(): string {
  for (const above of ["../../package.json", "../../../package.json"]) {
    try {
      return JSON.parse(readFileSync(new URL(above, import.meta.url), "utf8")).version;
    } catch {}
  }
  return "unknown";
}
