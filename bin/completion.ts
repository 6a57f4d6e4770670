/**
 * The answers to the scripts of shells: `npm run build` bundles them into completion.cjs, which obc-sync.ts loads in place
 * of the program. A user who has pressed a key waits for them.
 */
export { printCompletion } from "../src/cli/completion/complete.ts";
