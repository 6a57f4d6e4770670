import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { builtProgram } from "./project.ts";

/**
 * Runs the built program in a pseudo-terminal, as script(1) of util-linux gives one, and returns what it shows.
 *
 * @param columns as the terminal tells; by default it tells none
 */
export async function inTerminal(
  args: string,
  { env = {}, columns = 0 }: { env?: Record<string, string>; columns?: number } = {},
): Promise<string> {
  const command = `stty cols ${columns}; ${process.execPath} ${builtProgram} ${args}`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    env: { PATH: process.env.PATH, TERM: "xterm", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  const [output] = await Promise.all([text(child.stdout), ended]);
  return output;
}
