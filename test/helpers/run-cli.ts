import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { builtProgram, projectFolder } from "./project.ts";

export interface CliOptions {
  /** What OBC_SYNC_DATABASE says; without it the program finds ./obc.sqlite3 of its folder. */
  database?: string;
  /** Added to an environment in which nothing of the machine's own reaches the program. */
  env?: Record<string, string>;
  stdin?: string;
  cwd?: string;
  /** The user to run as, where the tests run as root. */
  uid?: number;
}

export interface CliResult {
  stdout: string;
  stderr: string;
  /** Null where a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningCli {
  process: ChildProcess;
  result: Promise<CliResult>;
}

/** Starts the built program as a process of its own; kill it with `process.kill(signal)`. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const child = spawn(process.execPath, [builtProgram, ...args], {
    cwd: options.cwd ?? projectFolder,
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...(options.database === undefined ? {} : { OBC_SYNC_DATABASE: options.database }),
      ...options.env,
    },
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.stdin ?? "");
  return { process: child, result: resultOf(child) };
}

/** Runs the built program to its end. */
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
