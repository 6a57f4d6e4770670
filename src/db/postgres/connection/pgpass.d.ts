declare module "pgpass" {
  /** Looks for the password of a connection in ~/.pgpass, or in the file that PGPASSFILE names. */
  export default function pgPass(
    connection: { host: string; port: number; database?: string | undefined; user?: string | undefined },
    found: (password: string | undefined) => void,
  ): void;
}
