import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { WriteStream } from "node:tty";
import { stripVTControlCharacters } from "node:util";
import type { Output } from "./output.ts";
import type { OutputStream } from "./streams.ts";

/**
 * less as git calls it, and ignoring case in searches (I): it ends at once where the text fits on the screen (F), shows
 * colours (R), and leaves the text on the screen (X).
 */
const DEFAULT_PAGER = "less -FIRX";

/** For a less or lv that the user names without flags, as git does. The text is UTF-8 whatever the locale is. */
const PAGER_SETTINGS = { LESS: "FIRX", LV: "-c", LESSCHARSET: "utf-8" };

/** A command without anything that only a shell understands. */
const PLAIN_COMMAND = /^[\w./+-]+(\s+[\w./:+=,-]+)*$/;

/** The user's pager, and the terminal on which it runs. */
export interface Pager {
  command: string;
  environment: NodeJS.ProcessEnv;
  terminal: WriteStream;
}

/** The pager to use; null where there is no terminal, or where the user wants none. */
export function findPager(stdout: OutputStream, environment: NodeJS.ProcessEnv): Pager | null {
  const command = (environment.PAGER ?? DEFAULT_PAGER).trim();
  if (command === "" || command === "cat") return null;
  // A terminal that does not report its size, as under script(1) in CI, has no user before it.
  const { rows = 0, columns = 0 } = stdout;
  const hasUser = stdout instanceof WriteStream && rows > 0 && columns > 0 && !isCi(environment);
  return hasUser && environment.TERM !== "dumb" ? { command, environment, terminal: stdout } : null;
}

function isCi({ CI }: NodeJS.ProcessEnv): boolean {
  return CI !== undefined && CI !== "" && CI !== "false";
}

/** An output of which the end is known. */
export interface PagedOutput extends Output {
  /** Writes what is held back, and resolves when the user has left the pager. */
  end(): Promise<void>;
}

/**
 * Passes a text that does not fit on the screen to the pager.
 *
 * @param output where any other text goes, and every text if there is no pager or it is not installed
 */
export function openPaged(output: Output, pager: Pager | null): PagedOutput {
  if (pager === null) return { write: (text) => output.write(text), end: async () => {} };
  let held = "";
  let target: Output | null = null;
  let running: PagedOutput | null = null;
  return {
    async write(text) {
      if (target !== null) return target.write(text);
      held += text;
      if (fits(held, pager.terminal)) return true;
      running = await startPager(pager);
      target = running ?? output;
      return target.write(held);
    },
    async end() {
      if (target === null) await output.write(held);
      await running?.end();
    },
  };
}

/** Whether the text leaves a row of the screen for the prompt of the shell. */
function fits(text: string, { rows, columns }: WriteStream): boolean {
  let used = 1;
  for (const line of text.split("\n").slice(0, -1)) {
    used += Math.max(1, Math.ceil(stripVTControlCharacters(line).length / columns));
    if (used > rows) return false;
  }
  return true;
}

/** Starts the pager; null if it is not installed. */
async function startPager(pager: Pager): Promise<PagedOutput | null> {
  const child = spawnPager(pager);
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const isRunning = await new Promise<boolean>((resolve) => {
    child.on("spawn", () => resolve(true)).on("error", () => resolve(false));
  });
  if (!isRunning) return null;
  // Ctrl-C reaches this process too, but is meant for the pager.
  const ignore = () => {};
  process.on("SIGINT", ignore);
  // A pager that the user leaves early closes the pipe. The callback of the write has the error as well.
  child.stdin.on("error", ignore);
  return {
    write: (text) =>
      new Promise((resolve) => {
        child.stdin.write(text, (error) => resolve(!error));
      }),
    async end() {
      child.stdin.end();
      await ended;
      process.off("SIGINT", ignore);
    },
  };
}

function spawnPager({ command, environment, terminal }: Pager): ChildProcessByStdio<Writable, null, null> {
  const env = { ...PAGER_SETTINGS, ...environment };
  // Without a shell in between, a program that is not installed is an error of spawn.
  if (!PLAIN_COMMAND.test(command)) return spawn(command, { env, stdio: ["pipe", terminal, "inherit"], shell: true });
  const [program = "", ...args] = command.split(/\s+/);
  return spawn(program, args, { env, stdio: ["pipe", terminal, "inherit"] });
}
