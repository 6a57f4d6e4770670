import type { PlaceKind } from "../../core/places/place-kind.ts";

/** What may stand at a place of the command line. */
export type Suggestion =
  | { kind: PlaceKind | "file" | "anything" }
  /** One of the choices; several with commas between them; one with = behind it. */
  | { kind: "choices" | "list" | "assignment"; choices: readonly string[] };

export interface FlagNode {
  /** "--province" */
  flag: string;
  description: string;
  /** Null of a switch. */
  value: Suggestion | null;
  /** Whether the value may be missing. */
  isOptional: boolean;
  /** Whether the flag may be given more than once. */
  isList: boolean;
}

/** A command as completion sees it; dist/bin/commands.json has that of the program, which the build writes. */
export interface CommandNode {
  name: string;
  description: string;
  flags: FlagNode[];
  arguments: Suggestion[];
  /** Whether the last argument may be given more than once. */
  isVariadic: boolean;
  commands: CommandNode[];
}
