import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtProgram } from "./project.ts";

/** Shells with the script of obc-sync and nothing of the user's own; each shows the prompt "% ". */
const SHELLS = {
  bash: { command: "bash --norc --noprofile -i", start: "PS1='% '; source <(obc-sync completion bash)" },
  zsh: {
    command: "zsh -f -i",
    start: "PS1='% '; autoload -Uz compinit; compinit -u -D; source <(obc-sync completion zsh)",
  },
  fish: {
    command: "fish --no-config -i",
    start:
      "function fish_prompt; printf '%% '; end; set -g fish_autosuggestion_enabled 0; obc-sync completion fish | source",
  },
} as const;

export type ShellName = keyof typeof SHELLS;

export function isInstalled(shell: ShellName): boolean {
  return spawnSync(shell, ["-c", "exit"]).status === 0;
}

/**
 * Types the beginning of a command and the Tab key into an interactive shell on a pseudo-terminal of script(1), and runs
 * what the line has become with a program that prints its arguments.
 *
 * @param cwd gets a folder bin with obc-sync, which answers the shell, and prints everything else that it is given
 * @returns the arguments of each line
 */
export async function completedInShell(shell: ShellName, lines: readonly string[], cwd: string): Promise<string[][]> {
  const bin = join(cwd, "bin");
  mkdirSync(bin, { recursive: true });
  const program = join(bin, "obc-sync");
  writeFileSync(
    program,
    `#!/bin/sh
case $1 in
  complete | completion) exec "${process.execPath}" "${builtProgram}" "$@" ;;
  *) printf '<%s>' "$@"; echo '<end>' ;;
esac
`,
  );
  chmodSync(program, 0o755);
  const { command, start } = SHELLS[shell];
  const child = spawn("script", ["-qec", `stty cols 200 rows 50 -echo; exec ${command}`, "/dev/null"], {
    cwd,
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: cwd,
      TERM: "dumb",
      LANG: "C.UTF-8",
      INPUTRC: "/dev/null",
      OBC_SYNC_COMPLETION_TIMEOUT: "30",
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let shown = "";
  let look = () => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    look();
  });
  const closed = new Promise((resolve) => child.on("close", resolve));
  const appears = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      closed.then(() => reject(new Error(`the shell ended: ${shown}`)));
      look = () => {
        const found = pattern.exec(shown);
        if (found !== null) resolve(found);
      };
      look();
    });
  child.stdin.write(`${start}\n`);
  child.stdin.write("obc-sync re''ady\n");
  await appears(/<ready><end>/);
  const results: string[][] = [];
  for (const line of lines) {
    shown = "";
    child.stdin.write(`${line}\t`);
    // The shell reads on when it has completed the line.
    child.stdin.write(" .\n");
    const [, args = ""] = await appears(/((?:<[^>]*>)+)<end>/);
    results.push([...args.matchAll(/<([^>]*)>/g)].map(([, argument = ""]) => argument));
  }
  child.stdin.write("exit\n");
  await closed;
  return results;
}
