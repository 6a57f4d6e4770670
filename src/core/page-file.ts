/** A page of HTML that a command has written besides its result. */
export interface PageFile {
  file: string;
  bytes: number;
  /** Whether a browser was started with it (--open); absent where none was asked for. */
  opened?: boolean;
}
