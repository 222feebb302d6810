export interface Group<Item> {
  name: string;
  items: Item[];
}

/** Items under the names that `namesOf` gives them; the names come in the order in which they are first met. */
export function groupBy<Item>(items: Item[], namesOf: (item: Item) => string[]): Group<Item>[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const name of namesOf(item)) groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups].map(([name, items]) => ({ name, items }));
}
