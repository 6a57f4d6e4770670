import { hostname, userInfo } from "node:os";

/** Who runs the program, where nobody says: user@host. */
export function defaultActor(): string {
  return `${userName()}@${hostname()}`;
}

/** An account may have no name, as in a container that runs with a number only. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}
