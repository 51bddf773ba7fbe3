import { useState } from "react";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { MAPPING_TEMPLATES, type MappingTemplate } from "../../../core/mapping/templates.ts";
import {
  draftOf,
  emptyField,
  type FieldDraft,
  type FieldName,
  fromTemplate,
  type MappingDraft,
} from "./mapping-draft.ts";

type TextName = "name" | "slug" | "source" | "items" | "tagsFrom";

/** What is typed of a mapping, and the ways to change a part of it. */
export function useMappingDraft(mapping: MappingView | null) {
  const [draft, setDraft] = useState<MappingDraft>(() =>
    mapping ? draftOf(mapping) : fromTemplate(MAPPING_TEMPLATES[0]),
  );
  const set = (change: Partial<MappingDraft>) => setDraft((old) => ({ ...old, ...change }));
  /** For what changes by what it was: lists above all. */
  const setIn =
    <K extends keyof MappingDraft>(name: K) =>
    (made: (old: MappingDraft[K]) => MappingDraft[K]) =>
      setDraft((old) => ({ ...old, [name]: made(old[name]) }));
  const setField = (name: FieldName) => (made: (old: FieldDraft) => FieldDraft) =>
    setIn("fields")((fields) => ({ ...fields, [name]: made(fields[name] ?? emptyField()) }));
  /** A text input's value and what it does. */
  const text = (name: TextName) => ({
    value: draft[name],
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  const begin = (template: MappingTemplate | undefined) => setDraft((old) => fromTemplate(template, old));
  return { draft, set, setIn, setField, text, begin };
}
