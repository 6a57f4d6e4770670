/** Whether a value of the file is a URL with a password in it. */
export function hasPassword(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { password, searchParams } = new URL(value);
  return password !== "" || searchParams.has("password");
}
