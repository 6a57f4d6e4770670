import type { Command } from "commander";
import type { Report } from "../core/report.ts";
import type { Format } from "../render/render.ts";
import type { CommandContext } from "./context.ts";
import type { GlobalFlags } from "./options.ts";

/** A parsed command line: the flags, how to render the result, and the function that does the work. */
export interface Invocation {
  flags: GlobalFlags;
  format: Format;
  /** Whether the text output lists every changed field. */
  details: boolean;
  /** Whether the command writes its result to standard output itself, so that the report belongs on standard error. */
  isBeside: boolean;
  /** Whether a dry run with changes to make has a separate exit code. */
  detailedExitCode: boolean;
  run: (context: CommandContext) => Promise<Report>;
}

/** The values that a subcommand sets; the others have defaults. `run` is required. */
export type Asked = Partial<Invocation> & Pick<Invocation, "run">;

/** Makes a commander action from a function that turns flags and arguments into an invocation. It starts no work. */
export type Ask = <Flags extends object>(
  start: (flags: Flags & GlobalFlags, args: string[]) => Asked,
) => (...all: unknown[]) => void;

export function asker(invoke: (invocation: Invocation) => void): Ask {
  return <Flags extends object>(start: (flags: Flags & GlobalFlags, args: string[]) => Asked) =>
    (...all: unknown[]) => {
      const command = all.at(-1) as Command;
      const flags = command.optsWithGlobals() as Flags & GlobalFlags;
      const format = flags.json ? "json" : "text";
      invoke({
        flags,
        format,
        details: false,
        isBeside: false,
        detailedExitCode: false,
        ...start(flags, command.args),
      });
    };
}

/** The examples under a command's --help. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;
}
