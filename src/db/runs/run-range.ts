/** Runs by their ids: those after one, up to another. */
export interface RunRange {
  /** 0 for all. */
  after: number;
  until: number;
}

/** The largest id of a run: PostgreSQL compares it with no larger number. */
export const LARGEST_RUN = 2_147_483_647;
