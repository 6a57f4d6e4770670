/**
 * Runs the built program for one command line after another, in one process: starting a process takes ten times as long
 * as most commands. Each run has arguments, an environment, a working folder and standard streams of its own; only the
 * program's modules are shared. run-cli.ts starts this file.
 */
import { createRequire } from "node:module";
import { Writable } from "node:stream";

const [, , program] = process.argv;
const { run } = createRequire(import.meta.url)(program);

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
  const failure = new Promise((_, reject) => {
    crashed = reject;
  });
  try {
    const exitCode = await Promise.race([run(args, process, process.env), failure]);
    process.send({ ...output, exitCode });
  } catch (error) {
    // Node itself would print the error and end the process.
    process.send({ ...output, stderr: `${output.stderr}${error?.stack ?? error}\n`, exitCode: 1 });
  }
});
