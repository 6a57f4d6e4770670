import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { builtProgram } from "./project.ts";

/**
 * Runs the built program in a pseudo-terminal of script(1) (util-linux), and returns what it shows.
 *
 * @param columns the width that the terminal reports; by default it reports none
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
