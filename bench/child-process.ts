/** Each measurement runs in a process of its own, so that its peak memory is its own. */
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";

export interface Finished {
  stdout: string;
  /** From the start of the process to its end. */
  wholeMs: number;
  /** The most memory that the process held, in MB; null for a program that cannot say. */
  peakMb: number | null;
}

/**
 * Loaded before a Node program: at its end it writes its peak memory in KB to file descriptor 3. What the system counts
 * for a process as a whole begins with the peak of the one that started it, which here has filled a database.
 */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  `import { existsSync, readFileSync, writeSync } from "node:fs";
   const status = "/proc/self/status";
   process.on("exit", () => writeSync(3, existsSync(status)
     ? /VmHWM:\\s+(\\d+)/.exec(readFileSync(status, "utf8"))[1]
     : String(process.resourceUsage().maxRSS)));`,
)}`;

/** @throws Error with what the program wrote to stderr where it fails */
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
  const [stdout, stderr, peak] = [1, 2, 3].map((descriptor) =>
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
  const kilobytes = await peak;
  return { stdout: (await stdout) ?? "", wholeMs, peakMb: kilobytes ? Number(kilobytes) / 1024 : null };
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
