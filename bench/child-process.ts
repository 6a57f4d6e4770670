/** Runs each measurement in a separate process, to measure its peak memory. */
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";

export interface Finished {
  stdout: string;
  /** From the start of the process to its end. */
  wholeMs: number;
  /** Peak memory of the process in MB; null for a program that does not report it. */
  peakMb: number | null;
  /** Processor time of the process, user and system; null likewise. Another program on the machine changes it little. */
  cpuMs: number | null;
}

/**
 * Preloaded into a Node program: when it exits, writes its peak memory in KB and its processor time in microseconds to file
 * descriptor 3. The peak that the
 * system reports for a child process includes that of its parent, which has filled a database.
 */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  `import { existsSync, readFileSync, writeSync } from "node:fs";
   const status = "/proc/self/status";
   process.on("exit", () => {
     const { user, system } = process.cpuUsage();
     const peak = existsSync(status)
       ? /VmHWM:\\s+(\\d+)/.exec(readFileSync(status, "utf8"))[1]
       : process.resourceUsage().maxRSS;
     writeSync(3, peak + " " + (user + system));
   });`,
)}`;

/** @throws Error with the program's stderr if it fails */
export async function runNode(args: readonly string[]): Promise<Finished> {
  return run(process.execPath, ["--import", TELL_PEAK, ...args], "");
}

/** A database shell, fed its commands on stdin. */
export async function runShell(command: string, args: readonly string[], input: string): Promise<Finished> {
  return run(command, args, input);
}

async function run(command: string, args: readonly string[], input: string): Promise<Finished> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe", "pipe"] });
  const stdin = child.stdin as NodeJS.WritableStream;
  stdin.on("error", () => {});
  stdin.end(input);
  const [stdout, stderr, told] = [1, 2, 3].map((descriptor) =>
    collect(child.stdio[descriptor] as NodeJS.ReadableStream),
  );
  let wholeMs = 0;
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", () => {
      wholeMs = performance.now() - started;
    });
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`${command} ${args.slice(-4).join(" ")} ended with ${code}: ${await stderr}`);
  const [kilobytes, microseconds] = ((await told) || "").split(" ").filter((figure) => figure !== "");
  return {
    stdout: (await stdout) ?? "",
    wholeMs,
    peakMb: kilobytes === undefined ? null : Number(kilobytes) / 1024,
    cpuMs: microseconds === undefined ? null : Number(microseconds) / 1000,
  };
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
