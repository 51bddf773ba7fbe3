/** What makes alerts one incident, and whom each choice suits. */
export const STRATEGIES = [
  {
    id: "smart",
    name: "Smart: by evidence",
    note: "Weighs dependencies, assets, problems and bursts against what is usual here. Every join says why.",
  },
  {
    id: "asset|signature",
    name: "Same asset and same problem",
    note: "The usual choice: one incident for each thing that is wrong with one machine.",
  },
  {
    id: "asset|signature|tool",
    name: "Same asset, problem and tool",
    note: "Keeps tools apart: two that report the same problem open two incidents.",
  },
  {
    id: "signature",
    name: "Same problem on any asset",
    note: "One incident when a problem hits many machines at once, such as a failed update.",
  },
  {
    id: "asset",
    name: "Everything on one asset",
    note: "One incident for each machine, whatever is wrong with it.",
  },
] as const;

export const strategyName = (id: string): string => STRATEGIES.find((one) => one.id === id)?.name ?? id;
