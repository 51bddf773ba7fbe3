import { useEffect, useState } from "react";
import { api } from "../../lib/api.ts";
import type { List, Person } from "../../lib/people-types.ts";
import { type FieldMeta, SelectField } from "../ui/field.tsx";

export interface Assignee {
  id: string;
  name: string;
}

const WORKS = new Set<Person["role"]>(["msp_admin", "technician"]);

/** Who can be given incidents of all these companies. */
function eligible(people: Person[], companyIds: readonly string[]): Person[] {
  return people.filter(
    ({ role, disabled, company_ids }) =>
      WORKS.has(role) &&
      !disabled &&
      (role === "msp_admin" || companyIds.every((id) => company_ids.includes(id))),
  );
}

interface AssigneeProps {
  meta: FieldMeta;
  /** Those whose incidents the rule touches. */
  companyIds: readonly string[];
  value: Assignee | null;
  onChange(value: Assignee | null): void;
}

/** Chooses among those who see the companies; whom the rule names already stays a choice. */
export function AssigneeField({ meta, companyIds, value, onChange }: AssigneeProps) {
  const [people, setPeople] = useState<Person[] | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const gone = new AbortController();
    api<List<Person>>("/api/people?limit=500", { signal: gone.signal }).then((answer) => {
      if (gone.signal.aborted) return;
      if (answer.ok) setPeople(answer.value.items);
      else setProblem(answer.error.detail);
    });
    return () => gone.abort();
  }, []);
  const choices: Assignee[] = eligible(people ?? [], companyIds);
  const known = !value || choices.some(({ id }) => id === value.id);
  const all = value && !known ? [value, ...choices] : choices;
  const note =
    companyIds.length === 1 ? "A technician who sees the company." : "A technician who sees every company.";
  return (
    <SelectField
      meta={meta}
      label="Assignee"
      hint={problem || (people ? note : "Reading who there is.")}
      value={value?.id ?? ""}
      onChange={({ target }) => {
        const one = all.find(({ id }) => id === target.value);
        onChange(one ? { id: one.id, name: one.name } : null);
      }}
    >
      <option value="">Nobody</option>
      {all.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
