import { ObcSyncError } from "../core/errors.ts";

/** What the user can do about an error of the operating system, by its code. */
const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: "Free space on that disk. For temporary files, TMPDIR can name a folder on another disk.",
  EDQUOT: "Free some of your quota. For temporary files, TMPDIR can name a folder on another disk.",
  EFBIG: "Raise the limit of the size of a file (ulimit -f).",
  EMFILE: "Raise the limit of open files, for example: ulimit -n 1024",
  ENFILE: "Close other programs, or raise the system's limit of open files.",
  ENOMEM: "Close other programs, or give this one more memory.",
  ENOENT: "Check that the folder exists. TMPDIR names the folder for temporary files.",
  ENOTDIR: "Check the path. TMPDIR names the folder for temporary files.",
  EACCES: "Check the permissions of the file and its folder.",
  EPERM: "Check the permissions of the file and its folder.",
  EROFS: "Choose a folder that may be written. TMPDIR names the folder for temporary files.",
  EIO: "Check the disk.",
};

/** An error of the operating system as one that the user can act on; null for any other error. */
export function systemError(error: unknown): ObcSyncError | null {
  const { code = "", syscall, message } = (error ?? {}) as NodeJS.ErrnoException;
  const hint = HINTS[code];
  if (hint === undefined || syscall === undefined) return null;
  return new ObcSyncError("SYSTEM", message, hint, { cause: error });
}
