import { type ChildProcess, spawn } from "node:child_process";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { builtProgram, projectFolder } from "./project.ts";

export interface CliOptions {
  /** The value of OBC_SYNC_DATABASE; without it, the program uses ./obc.sqlite3 in its working directory. */
  database?: string;
  /** Added to an environment that has no other settings of this machine. */
  env?: Record<string, string>;
  /** A stream that does not end keeps standard input open. */
  stdin?: string | Readable;
  cwd?: string;
}

export interface CliResult {
  stdout: string;
  stderr: string;
  /** Null if a signal ended the process. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningCli {
  process: ChildProcess;
  result: Promise<CliResult>;
}

/** Starts the built program in a separate process; kill it with `process.kill(signal)`. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const child = spawn(process.execPath, [builtProgram, ...args], {
    cwd: options.cwd ?? projectFolder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...(options.database === undefined ? {} : { OBC_SYNC_DATABASE: options.database }),
      ...options.env,
    },
  });
  child.stdin.on("error", () => {});
  if (options.stdin instanceof Readable) options.stdin.pipe(child.stdin);
  else child.stdin.end(options.stdin ?? "");
  return { process: child, result: resultOf(child) };
}

/** Runs the built program until it exits. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startCli(args, options).result;
}

async function resultOf(child: ReturnType<typeof spawn>): Promise<CliResult> {
  const closed = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) => resolve([exitCode, signal]));
  });
  const [stdout, stderr, [exitCode, signal]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    closed,
  ]);
  return { stdout, stderr, exitCode, signal };
}
