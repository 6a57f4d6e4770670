/** Runs every block of docs/library.md, as that page promises, the TypeScript of README.md, and all transcripts. */
import { execFile } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { runInThisContext } from "node:vm";
import ts from "typescript";
import { expect, it } from "vitest";
import * as commandLine from "../../src/cli/run.ts";
import * as library from "../../src/index.ts";
import { onEveryDatabase, type TestDatabase } from "../helpers/databases.ts";
import {
  type DocumentationBlock,
  documentationBlocks,
  documentationPages,
  isWholeProgram,
} from "../helpers/documentation-blocks.ts";
import { expectCoveragesInStep } from "../helpers/in-step.ts";
import { builtProgram, projectFolder } from "../helpers/project.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const PROGRAMMED = ["docs/library.md", "README.md"];

const blocks = documentationPages().flatMap((page) =>
  documentationBlocks(page).filter(({ language }) => PROGRAMMED.includes(page) || language === "console"),
);

for (const stage of ["geography", "example"] as const) {
  onEveryDatabase(
    `documented blocks that begin with ${stage}`,
    (database) => {
      const here = blocks.filter((block) => block.stage === stage);
      for (const block of here.filter(({ language }) => language === "ts").filter((block) => !isWholeProgram(block))) {
        it(`TypeScript under ${block.place}`, async () => {
          await runTypeScript(block, database);
          await expectCoveragesInStep(database);
        });
      }
      for (const block of here.filter(({ language }) => language === "sh")) {
        it(`shell under ${block.place}`, async () => {
          const { exitCode, output } = await runShell(block.code, database);
          expect(exitCode, output).toBe(0);
          await expectCoveragesInStep(database);
        });
      }
      for (const block of here.filter(({ language }) => language === "console")) {
        it(`commands and their output under ${block.place}`, async () => {
          for (const { command, shown } of commandsOf(block)) {
            const { output } = await runShell(command, database);
            expect(withoutTimes(output)).toMatch(patternOf(withoutTimes(shown)));
          }
          await expectCoveragesInStep(database);
        });
      }
    },
    { stage },
  );
}

it("has a block of each kind under every operation of the reference", () => {
  const count = (language: string) => blocks.filter((block) => block.language === language).length;
  // As many snippets as the reference has, so that an edit of the page loses none.
  expect({ python: count("python"), bash: count("bash") }).toEqual({ python: 19, bash: 4 });
  expect(count("ts")).toBeGreaterThanOrEqual(18);
  expect(count("sh") + count("console")).toBeGreaterThanOrEqual(18);
});

/** Runs the block with the variables that the page promises; its comments become expectations. */
async function runTypeScript({ code }: DocumentationBlock, { knex, location }: TestDatabase): Promise<void> {
  let variable = "";
  const lines = code
    .replace(/^import (\{[\s\S]*?\}) from "obc-sync";$/gm, "const $1 = library;")
    .replace(/^import (\{[\s\S]*?\}) from "obc-sync\/cli";$/gm, "const $1 = commandLine;")
    .split("\n");
  const statements = lines.map((line) => {
    variable = /^const (?:\{ )?(\w+)/.exec(line)?.[1] ?? variable;
    const value = /^\/\/ → (.+)$/.exec(line)?.[1];
    if (value !== undefined) return `expect(${variable}).toEqual(${value});`;
    const text = /^\/\/ prints (.+)$/.exec(line)?.[1];
    return text === undefined ? line : `expect(printed.at(-1)).toBe(${JSON.stringify(text)});`;
  });
  const printed: string[] = [];
  const console = { log: (...texts: unknown[]) => printed.push(texts.join(" ")) };
  const process = { stdout: new PassThrough(), stderr: new PassThrough(), env: { OBC_SYNC_DATABASE: location } };
  const scope = { library, commandLine, knex, process, console, printed, expect };
  const source = `(async ({ ${Object.keys(scope).join(", ")} }) => {\n${statements.join("\n")}\n})`;
  const target = { target: ts.ScriptTarget.ES2023 };
  const run: (names: typeof scope) => Promise<void> = runInThisContext(ts.transpile(source, target));
  await run(scope);
}

interface ShellResult {
  exitCode: number;
  output: string;
}

/** Runs shell commands in the project's folder; `obc-sync` is the built program. */
function runShell(script: string, { location }: TestDatabase): Promise<ShellResult> {
  const folder = temporaryFolder();
  const program = join(folder, "obc-sync");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${builtProgram}" "$@"\n`);
  chmodSync(program, 0o755);
  const env = { PATH: `${folder}:${process.env.PATH}`, HOME: process.env.HOME, OBC_SYNC_DATABASE: location };
  return new Promise((resolve) => {
    execFile("sh", ["-e", "-c", script], { cwd: projectFolder, env }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: error ? stdout + stderr : stdout });
    });
  });
}

/** Each `$ command` of a transcript with the lines that it prints. */
function commandsOf({ code }: DocumentationBlock): Array<{ command: string; shown: string }> {
  return code
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = "", ...shown] = part.split("\n");
      return { command, shown: shown.join("\n") };
    });
}

/** A line of "..." stands for any number of lines. */
function patternOf(shown: string): RegExp {
  const parts = shown.split(/^ *\.\.\.\n/m).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(?:.*\\n)*?")}$`);
}

function withoutTimes(text: string): string {
  return text.replace(/\b[\d.]+ m?s\b/g, "SOME TIME");
}
