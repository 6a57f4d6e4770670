export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** The script that makes a shell complete command lines. */
export interface CompletionReport {
  command: "completion";
  shell: Shell;
  /** Its lines. */
  script: string[];
}
