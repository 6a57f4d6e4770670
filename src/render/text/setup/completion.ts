import type { CompletionReport } from "../../../core/setup/completion-report.ts";

/** The script is the result, also with --quiet. */
export function completionText({ script }: CompletionReport): string[] {
  return script;
}
