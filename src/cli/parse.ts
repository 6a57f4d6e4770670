import { type Command, CommanderError } from "commander";
import { packageVersion } from "../files/package-root.ts";
import { fitted } from "./help/fitted.ts";
import type { Invocation } from "./invocation.ts";
import { buildProgram, everyCommand } from "./program.ts";
import type { OutputStream, Streams } from "./terminal/streams.ts";

/**
 * Parses the command line; null if commander has already answered it (--help, --version).
 *
 * @param prepare gets the program before the arguments do
 */
export function parse(
  argv: readonly string[],
  { stdout, stderr }: Streams,
  prepare: (program: Command) => void,
): Invocation | null {
  let invocation: Invocation | null = null;
  const program = buildProgram(packageVersion(), (asked) => {
    invocation = asked;
  });
  prepare(program);
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => stdout.write(fitted(text, helpWidth(stdout))),
      // Usage errors are rendered like all other errors. Only help is written here.
      writeErr: (text) => {
        if (!text.startsWith("error:")) stderr.write(fitted(text, helpWidth(stderr)));
      },
      outputError: () => {},
      getOutHelpWidth: () => helpWidth(stdout),
      getErrHelpWidth: () => helpWidth(stderr),
    });
  }
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return null;
    throw error;
  }
  return invocation;
}

/** Help fits into any terminal; where the width is unknown, commander takes 80. */
function helpWidth(stream: OutputStream): number {
  return (stream.isTTY === true && stream.columns) || 80;
}
