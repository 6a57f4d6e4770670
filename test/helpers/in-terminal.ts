import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { builtProgram } from "./project.ts";

interface TerminalOptions {
  env?: Record<string, string>;
  /** The width that the terminal reports; by default it reports none. */
  columns?: number;
  /** The height that the terminal reports; by default it reports none. */
  rows?: number;
}

export interface InTerminal {
  /** What the terminal has shown so far. */
  shown: () => string;
  /** Resolves when the terminal shows the text, after what it showed when this was called last. */
  shows: (text: string) => Promise<void>;
  /** Types keys; "\u0003" is Ctrl-C. */
  type: (keys: string) => void;
  /** The exit code of the program. */
  ended: Promise<number | null>;
}

/** Runs the built program in a pseudo-terminal of script(1) (util-linux), and returns what it shows. */
export async function inTerminal(args: string, options: TerminalOptions = {}): Promise<string> {
  const child = spawnTerminal(args, options);
  child.stdin.end();
  const ended = new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  const [output] = await Promise.all([text(child.stdout), ended]);
  return output;
}

/** The same, for a program that a person answers. */
export function startInTerminal(args: string, options: TerminalOptions = {}): InTerminal {
  const child = spawnTerminal(args, options);
  let shown = "";
  let seen = 0;
  let look = () => {};
  child.stdout.setEncoding("utf8").on("data", (data: string) => {
    shown += data;
    look();
  });
  return {
    shown: () => shown,
    shows: (text) =>
      new Promise((resolve, reject) => {
        child.once("close", () => reject(new Error(`the program ended without showing "${text}": ${shown}`)));
        look = () => {
          const found = shown.indexOf(text, seen);
          if (found === -1) return;
          seen = found + text.length;
          look = () => {};
          resolve();
        };
        look();
      }),
    type: (keys) => child.stdin.write(keys),
    ended: new Promise((resolve, reject) => child.on("close", resolve).on("error", reject)),
  };
}

/** The program takes the place of the shell, which would otherwise answer Ctrl-C too. */
function spawnTerminal(args: string, { env = {}, columns = 0, rows = 0 }: TerminalOptions) {
  const command = `stty cols ${columns} rows ${rows}; exec ${process.execPath} ${builtProgram} ${args}`;
  return spawn("script", ["-qec", command, "/dev/null"], {
    env: { PATH: process.env.PATH, TERM: "xterm", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
}
