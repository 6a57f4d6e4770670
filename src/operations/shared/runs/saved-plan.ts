import type { SavedPlan } from "../../../core/plans/saved-plan.ts";
import type { RunFile } from "../../../core/runs/run.ts";
import type { Session } from "../../../db/connection/session.ts";
import { readIdentity } from "../../../db/runs/identity-reader.ts";
import type { OperationOptions } from "../options.ts";
import { defaultActor } from "./actor.ts";

/** What a dry run knows of its plan. */
export interface PlanParts extends Pick<SavedPlan, "command" | "changes" | "sync"> {
  file?: RunFile | null;
  reverts?: number | null;
}

/** What is made of the plan of a dry run, at the end of its transaction. */
export type PlanUse<Kept> = (session: Session, parts: () => PlanParts, options: OperationOptions) => Promise<Kept>;

export const forgetPlan: PlanUse<null> = async () => null;

/** The plan in the form that can be saved and applied. */
export const keepPlan: PlanUse<SavedPlan> = async (session, parts, { actor = defaultActor() }) => {
  const { file = null, reverts = null, ...others } = parts();
  const database = await readIdentity(session);
  return {
    ...others,
    createdAt: new Date().toISOString(),
    actor,
    database,
    schema: session.schema.name,
    file,
    reverts,
  };
};

/** A dry run and its plan. */
export interface Planned<Report> {
  report: Report;
  plan: SavedPlan;
}
