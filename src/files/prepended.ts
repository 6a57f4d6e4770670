/** A sequence with an item, already read from it, put back at its beginning. */
export async function* prepended<Item>(first: Item, rest: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first;
  yield* rest;
}
