import { InterruptedError } from "../core/errors.ts";
import { startProgress } from "../render/progress.ts";
import { type RenderOptions, renderEvent, renderReport } from "../render/render.ts";
import { visible } from "../render/visible.ts";
import { readSettings } from "../settings.ts";
import { isCommitted } from "./committed.ts";
import { mayHaveConfig } from "./config/config-name.ts";
import type { UsedConfig } from "./config/use-config.ts";
import type { CommandContext } from "./context.ts";
import { type ExitCode, exitCodeOfReport } from "./exit-code.ts";
import type { Invocation } from "./invocation.ts";
import { parse } from "./parse.ts";
import { askLine, askUser } from "./terminal/ask-user.ts";
import type { Interrupts } from "./terminal/interrupts.ts";
import { isJournal, priorityOfEvent, withPriority } from "./terminal/journal.ts";
import { type Output, openOutput } from "./terminal/output.ts";
import { findPager, openPaged } from "./terminal/pager.ts";
import { isForReading } from "./terminal/paging.ts";
import { type OutputStream, type Streams, wantsColor } from "./terminal/streams.ts";

/** How an error is to be shown, as far as the command line has been read. */
export interface ErrorStyle {
  json: boolean;
  color: boolean;
}

/** Parses the command line, runs the command, prints the result and returns the exit code. */
export async function main(
  argv: readonly string[],
  streams: Streams,
  environment: NodeJS.ProcessEnv,
  interrupts: Interrupts,
  errorStyle: ErrorStyle,
): Promise<ExitCode> {
  const output = openOutput(streams.stdout);
  const reader = mayHaveConfig(argv, environment) ? await import("./config/use-config.ts") : null;
  let config: UsedConfig | undefined;
  try {
    const invocation = parse(argv, streams, (program) => {
      config = reader?.useConfig(program, environment);
    });
    if (invocation === null) {
      await output.write("");
      return 0;
    }
    for (const warning of config?.warnings ?? []) streams.stderr.write(`warning: ${visible(warning)}\n`);
    errorStyle.json = invocation.format === "json";
    errorStyle.color &&= invocation.flags.color;
    return await run(invocation, output, streams, environment, interrupts);
  } catch (error) {
    throw config?.explain(error) ?? error;
  }
}

async function run(
  invocation: Invocation,
  output: Output,
  { stdout, stderr }: Streams,
  environment: NodeJS.ProcessEnv,
  interrupts: Interrupts,
): Promise<ExitCode> {
  const { flags, format, details, isBeside } = invocation;
  const settings = readSettings(flags, environment);
  const progress = await startProgress(stderr, flags.quiet !== true);
  const style: RenderOptions = {
    color: flags.color && wantsColor(stdout, environment),
    quiet: flags.quiet ?? false,
    details,
    width: terminalWidth(stdout),
  };
  // A line of JSON stays one: whoever asks for it reads the event from it.
  const hasPriorities = format === "text" && isJournal(stdout, environment);
  const { signal } = interrupts;
  if (signal.aborted) throw new InterruptedError();
  const context: CommandContext = {
    settings,
    progress: progress.say,
    confirm: (question) => askUser(visible(question), stderr, signal),
    write: (text) => {
      progress.stop();
      return output.write(text);
    },
    ask: (prompt) => askLine(visible(prompt), stderr, signal),
    emit: (event) => {
      progress.stop();
      const line = renderEvent(event, format, style);
      stdout.write(hasPriorities ? withPriority(line, priorityOfEvent(event)) : line);
    },
    signal,
  };
  const report = await invocation.run(context).finally(() => progress.stop());
  const isPaged = flags.pager && format === "text" && isForReading(report, details);
  const pager = isPaged ? findPager(stdout, environment) : null;
  // Before a pager, Ctrl-C is meant for the pager.
  if (pager === null && isCommitted(report)) interrupts.releaseCommitted();
  else interrupts.release();
  const paged = openPaged(isBeside ? openOutput(stderr) : output, pager);
  for (const chunk of renderReport(report, format, style)) {
    if (!(await paged.write(chunk))) break;
  }
  await paged.end();
  return exitCodeOfReport(report, { detailed: invocation.detailedExitCode });
}

/** Tables are unreadable below this width. It is also used if the terminal does not report its width. */
const NARROWEST_TERMINAL = 80;

function terminalWidth(stream: OutputStream): number | null {
  return stream.isTTY === true ? Math.max(stream.columns || 0, NARROWEST_TERMINAL) : null;
}
