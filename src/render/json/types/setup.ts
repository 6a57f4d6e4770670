import type { CompletionReport } from "../../../core/setup/completion-report.ts";
import type { InitReport } from "../../../core/setup/init-report.ts";
import type { Head } from "./head.ts";

/** init */
export interface InitDocument extends Head<"init">, Omit<InitReport, "command"> {}

/** completion */
export interface CompletionDocument extends Head<"completion">, Omit<CompletionReport, "command"> {}
