/** What an asset needs directly; an unknown one needs nothing. */
export type Needs = (id: number) => readonly number[];

/** Everything reachable from `id`, nearest first, without `id` itself. */
export function reachable(id: number, next: Needs): number[] {
  const seen = new Set([id]);
  const queue = [id];
  for (const at of queue) {
    for (const to of next(at)) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return queue.slice(1);
}

/** The reverse of `needs` over these assets: who needs it directly. */
export function neededBy(ids: Iterable<number>, needs: Needs): Needs {
  const reverse = new Map<number, number[]>();
  for (const id of ids) {
    for (const to of needs(id)) {
      const list = reverse.get(to);
      if (list) list.push(id);
      else reverse.set(to, [id]);
    }
  }
  return (id) => reverse.get(id) ?? [];
}

/** The way round from `from` back to itself, shortest first, as [from, ..., from]; null where there is none. */
export function cycleThrough(from: number, needs: Needs): number[] | null {
  const cameFrom = new Map<number, number>();
  const queue = [from];
  for (const at of queue) {
    for (const to of needs(at)) {
      if (to === from) {
        const way = [from];
        for (
          let step: number | undefined = at;
          step !== undefined && step !== from;
          step = cameFrom.get(step)
        )
          way.push(step);
        return [...way, from].reverse();
      }
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      queue.push(to);
    }
  }
  return null;
}

/** Any cycle among these assets as [a, ..., a], or null. Walks every edge once, without recursion. */
export function anyCycle(ids: Iterable<number>, needs: Needs): number[] | null {
  const done = new Set<number>();
  for (const start of ids) {
    if (done.has(start)) continue;
    const path: { id: number; rest: Iterator<number> }[] = [];
    const onPath = new Set<number>();
    const enter = (id: number) => {
      path.push({ id, rest: needs(id)[Symbol.iterator]() });
      onPath.add(id);
    };
    enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { value: to, done: end } = top.rest.next();
      if (end) {
        done.add(top.id);
        onPath.delete(top.id);
        path.pop();
      } else if (onPath.has(to)) {
        const way = path.map(({ id }) => id);
        return [...way.slice(way.indexOf(to)), to];
      } else if (!done.has(to)) enter(to);
    }
  }
  return null;
}
