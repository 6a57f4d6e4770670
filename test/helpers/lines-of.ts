import type { RunningCli } from "./run-cli.ts";

/** Waits for what a running program prints: each call resolves with the first new line that matches the pattern. */
export function linesOf(running: RunningCli): (pattern: RegExp) => Promise<string> {
  const seen: string[] = [];
  let from = 0;
  let rest = "";
  let wake = () => {};
  running.process.stdout?.on("data", (chunk) => {
    rest += chunk;
    const parts = rest.split("\n");
    rest = parts.pop() ?? "";
    seen.push(...parts);
    wake();
  });
  return async (pattern) => {
    for (;;) {
      const index = seen.findIndex((line, position) => position >= from && pattern.test(line));
      if (index !== -1) {
        from = index + 1;
        return seen[index] as string;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}
