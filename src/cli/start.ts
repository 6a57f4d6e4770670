import { CommanderError } from "commander";
import { UsageError } from "../core/errors.ts";
import { renderError } from "../render/error.ts";
import { type ExitCode, exitCodeOfError } from "./exit-code.ts";
import type { ErrorStyle } from "./main.ts";
import { systemError } from "./system-error.ts";
import type { Interrupts } from "./terminal/interrupts.ts";
import { isJournal, PRIORITY, withPriority } from "./terminal/journal.ts";
import { OutputError } from "./terminal/output.ts";
import { type Streams, wantsColor, withoutCrash } from "./terminal/streams.ts";

/**
 * Loads the program, runs it and returns the exit code. Every error is caught here, also one of loading: a small limit
 * of open files fails there first.
 */
export async function start(
  argv: readonly string[],
  streams: Streams,
  environment: NodeJS.ProcessEnv,
  interrupts: Interrupts,
): Promise<ExitCode> {
  const { stdout, stderr } = streams;
  // An error that cannot be written is not worth another one.
  withoutCrash(stderr);
  // Until the command line has been read, this is a guess.
  const style: ErrorStyle = {
    json: argv.includes("--json") || (argv.includes("verify") && /--format[ =]json/.test(argv.join(" "))),
    color: wantsColor(stderr, environment) && !argv.includes("--no-color"),
  };
  try {
    const { main } = await import("./main.ts");
    return await main(argv, streams, environment, interrupts, style);
  } catch (error) {
    const { json, color } = style;
    if (json && !(error instanceof OutputError)) stdout.write(renderError(asUserError(error), "json", color));
    else {
      const text = renderError(asUserError(error), "text", color);
      stderr.write(isJournal(stderr, environment) ? withPriority(text, PRIORITY.error) : text);
    }
    return exitCodeOfError(error);
  } finally {
    interrupts.release();
  }
}

/** Converts errors of commander and of the operating system to errors of the program. */
function asUserError(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return systemError(error) ?? error;
  if (error.code === "commander.help") {
    return new UsageError("a command is missing", "See the list above, or: obc-sync --help");
  }
  // On a line of its own, commander asks whether another command was meant.
  return new UsageError(
    error.message.replace(/^error: /, "").replace(/\n(?=\()/, "\n  "),
    "See: obc-sync --help, or --help after a command",
  );
}
