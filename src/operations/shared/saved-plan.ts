import type { RunFile } from "../../core/runs/run.ts";
import type { SavedPlan } from "../../core/runs/saved-plan.ts";
import type { Session } from "../../db/connection/session.ts";
import { readIdentity } from "../../db/runs/identity-reader.ts";
import { defaultActor } from "./actor.ts";
import type { OperationOptions } from "./options.ts";

interface PlanParts extends Pick<SavedPlan, "command" | "changes" | "sync"> {
  file?: RunFile | null;
  reverts?: number | null;
}

/** The plan of a dry run, in its transaction. */
export async function savedPlan(
  session: Session,
  { file = null, reverts = null, ...parts }: PlanParts,
  { actor = defaultActor() }: OperationOptions,
): Promise<SavedPlan> {
  return {
    ...parts,
    createdAt: new Date().toISOString(),
    actor,
    database: await readIdentity(session),
    schema: session.schema.name,
    file,
    reverts,
  };
}
