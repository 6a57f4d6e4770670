import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Builds the program, starts a PostgreSQL server and creates the databases that the tests copy.
    globalSetup: ["test/helpers/global-setup.ts"],
    // A worker waits while the program runs for it, so each core can have one.
    maxWorkers: availableParallelism(),
    // Most tests run the built program several times; a busy machine must not fail them.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
