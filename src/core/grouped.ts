/** Formats 1234567 as "1,234,567". The first use of Intl.NumberFormat would take 25 ms, longer than some syncs. */
export function grouped(figure: number): string {
  const [whole = "", ...decimals] = String(figure).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...decimals].join(".");
}
