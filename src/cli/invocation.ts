import type { Command } from "commander";
import type { Report } from "../core/report.ts";
import type { Format } from "../render/render.ts";
import type { CommandContext } from "./context.ts";
import type { GlobalFlags } from "./options.ts";

/** What the user asked for: the flags, how to render, and the work itself, which starts only when it is called. */
export interface Invocation {
  flags: GlobalFlags;
  format: Format;
  /** Whether the text names every changed field. */
  details: boolean;
  /** Whether a dry run with changes to make exits differently from one without. */
  detailedExitCode: boolean;
  run: (context: CommandContext) => Promise<Report>;
}

/** What a subcommand adds to the defaults: at least the work. */
export type Asked = Partial<Invocation> & Pick<Invocation, "run">;

/** Makes a commander action of a function from flags and arguments to what is asked. It starts no work. */
export type Ask = <Flags extends object>(
  start: (flags: Flags & GlobalFlags, args: string[]) => Asked,
) => (...all: unknown[]) => void;

export function asker(invoke: (invocation: Invocation) => void): Ask {
  return <Flags extends object>(start: (flags: Flags & GlobalFlags, args: string[]) => Asked) =>
    (...all: unknown[]) => {
      const command = all.at(-1) as Command;
      const flags = command.optsWithGlobals() as Flags & GlobalFlags;
      const format = flags.json ? "json" : "text";
      invoke({ flags, format, details: false, detailedExitCode: false, ...start(flags, command.args) });
    };
}

/** The examples that stand under a command's --help. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;
}
