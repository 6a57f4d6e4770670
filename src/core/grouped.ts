/** 1234567 as 1,234,567. By hand: the formatter of the language takes 25 ms to load, more than some syncs. */
export function grouped(figure: number): string {
  const [whole = "", ...decimals] = String(figure).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...decimals].join(".");
}
