import { existsSync } from "node:fs";

/** Read from the working folder, unless another file is named. */
export const CONFIG_FILE = "obc-sync.config.json";

export const CONFIG_VARIABLE = "OBC_SYNC_CONFIG";

/** Whether a configuration file is there or named: without one, the modules that read it are not even loaded. */
export function mayHaveConfig(argv: readonly string[], environment: NodeJS.ProcessEnv): boolean {
  return (
    argv.some((argument) => argument === "--config" || argument.startsWith("--config=")) ||
    Boolean(environment[CONFIG_VARIABLE]) ||
    existsSync(CONFIG_FILE)
  );
}
