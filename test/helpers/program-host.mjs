/**
 * Runs the built program for one command line after another, in one process: starting a process takes ten times as long
 * as most commands. Each run evaluates the program's entry anew, with arguments, environment, working folder and
 * standard streams of its own; only the modules that the entry loads are shared. run-cli.ts starts this file.
 */
import { Writable } from "node:stream";

const [, , program] = process.argv;

let runs = 0;
let crashed = () => {};

process.on("uncaughtException", (error) => crashed(error));
process.on("unhandledRejection", (error) => crashed(error));
process.on("disconnect", () => process.exit());
process.on("message", async ({ args, env, cwd }) => {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    const stream = new Writable({
      decodeStrings: false,
      write(chunk, _, done) {
        output[name] += chunk;
        done();
      },
    });
    Object.defineProperty(process, name, { value: stream, configurable: true });
  }
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.argv = [process.execPath, program, ...args];
  process.exitCode = undefined;
  const failure = new Promise((_, reject) => {
    crashed = reject;
  });
  runs += 1;
  try {
    await Promise.race([import(`${program}?run=${runs}`), failure]);
    process.send({ ...output, exitCode: process.exitCode ?? 0 });
  } catch (error) {
    // Node itself would print the error and end the process.
    process.send({ ...output, stderr: `${output.stderr}${error?.stack ?? error}\n`, exitCode: 1 });
  }
  process.exitCode = undefined;
});
