import { type ChildProcess, fork, spawn } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";
import { builtProgram, programModule, projectFolder } from "./project.ts";

export interface CliOptions {
  /** The value of OBC_SYNC_DATABASE; without it, the program uses ./obc.sqlite3 in its working directory. */
  database?: string;
  /** Added to an environment that has no other settings of this machine. */
  env?: Record<string, string>;
  /** A stream that does not end keeps standard input open. */
  stdin?: string | Readable;
  cwd?: string;
  /** The user to run as, where the tests run as root. */
  uid?: number;
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

/**
 * Starts the built program in a process of its own, which `process.kill(signal)` ends. Without `stdin`, standard input
 * is empty.
 */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const child = spawn(process.execPath, [builtProgram, ...args], {
    cwd: options.cwd ?? projectFolder,
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    env: environmentOf(options),
  });
  child.stdin.on("error", () => {});
  if (options.stdin instanceof Readable) options.stdin.pipe(child.stdin);
  else child.stdin.end(options.stdin ?? "");
  return { process: child, result: resultOf(child) };
}

/**
 * Runs the built program until it ends, in a process that runs other command lines too: see program-host.mjs. A run that
 * depends on what is a process's own (standard input, the user, options of Node) gets one of its own.
 */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const env = environmentOf(options);
  const readsInput = options.stdin !== undefined || args.includes("-");
  if (readsInput || options.uid !== undefined || "NODE_OPTIONS" in env) return startCli(args, options).result;
  return runInHost({ args, env, cwd: options.cwd ?? projectFolder });
}

function environmentOf({ database, env }: CliOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...(database === undefined ? {} : { OBC_SYNC_DATABASE: database }),
    ...env,
  };
}

interface HostedRun {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
}

const hostProgram = join(import.meta.dirname, "program-host.mjs");

/** Processes that wait for a command line. Runs at the same time have one each. */
const idleHosts: ChildProcess[] = [];

async function runInHost(run: HostedRun): Promise<CliResult> {
  const host = idleHosts.pop() ?? startHost();
  host.channel?.ref();
  const result = await new Promise<CliResult>((resolve, reject) => {
    const died = (exitCode: number | null) => reject(new Error(`the program ended its process with ${exitCode}`));
    host.once("exit", died).once("message", (answer) => {
      host.off("exit", died);
      resolve({ signal: null, ...(answer as Omit<CliResult, "signal">) });
    });
    host.send(run);
  });
  host.channel?.unref();
  idleHosts.push(host);
  return result;
}

/** The host must not keep the tests' process running: it ends with the channel between them. */
function startHost(): ChildProcess {
  const host = fork(hostProgram, [programModule], { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  host.unref();
  return host;
}

/** Listens for data, so that a test can pause the stream: an iterator would read on. */
function textOf(stream: Readable): Promise<string> {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return new Promise((resolve, reject) => stream.once("end", () => resolve(text)).once("error", reject));
}

async function resultOf(child: ReturnType<typeof spawn>): Promise<CliResult> {
  const closed = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) => resolve([exitCode, signal]));
  });
  const [stdout, stderr, [exitCode, signal]] = await Promise.all([
    textOf(child.stdout as Readable),
    textOf(child.stderr as Readable),
    closed,
  ]);
  return { stdout, stderr, exitCode, signal };
}
