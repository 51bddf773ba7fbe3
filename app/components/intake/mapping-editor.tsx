import { useState } from "react";
import type { Sample } from "../../../core/dead-letter.ts";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { MAPPING_TEMPLATES } from "../../../core/mapping/templates.ts";
import { SaveForm } from "../noise/save-form.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { type Aim, AimContext } from "./aim.ts";
import { BodySection } from "./body-section.tsx";
import { ConditionLines } from "./condition-lines.tsx";
import { metaUnder } from "./field-errors.ts";
import { FieldLines } from "./field-lines.tsx";
import { Section, Tick } from "./line.tsx";
import { mappingOf } from "./mapping-draft.ts";
import { MappingPreview } from "./mapping-preview.tsx";
import { FIELDS } from "./mapping-words.ts";
import { NamedLines } from "./named-lines.tsx";
import { useMappingDraft } from "./use-mapping-draft.ts";
import { useMappingPreview } from "./use-mapping-preview.ts";

interface EditorProps {
  companyId: string;
  mapping: MappingView | null;
  samples: Sample[];
  onDone(): void;
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2);
const [FIRST] = MAPPING_TEMPLATES;

/** One mapping, all of it, with what it makes of a body as one types. */
export default function MappingEditor({ companyId, mapping, samples, onDone }: EditorProps) {
  const { draft, set, setIn, setField, text, begin } = useMappingDraft(mapping);
  const [template, setTemplate] = useState(FIRST?.id ?? "");
  const [body, setBody] = useState(samples[0]?.body ?? (mapping ? "" : pretty(FIRST?.sample)));
  const [aim, setAim] = useState<Aim>({
    label: "What is wrong",
    put: (path) =>
      setField("signature")(({ from: [first, ...rest], map }) => ({
        from: [{ key: first?.key ?? 0, text: path }, ...rest],
        map,
      })),
  });
  const made = mappingOf(draft);
  const preview = useMappingPreview(companyId, made, body, mapping?.id);
  const shape = MAPPING_TEMPLATES.find(({ id }) => id === template);
  function choose(id: string) {
    const chosen = MAPPING_TEMPLATES.find((one) => one.id === id);
    setTemplate(id);
    begin(chosen);
    if (chosen && samples.length === 0) setBody(pretty(chosen.sample));
  }
  return (
    <AimContext.Provider value={setAim}>
      <SaveForm
        intent={mapping ? "mapping-save" : "mapping-add"}
        id={mapping?.id}
        done={mapping ? `Mapping ${draft.name} saved` : `Mapping ${draft.name} added, the last in order`}
        submit={mapping ? "Save mapping" : "Add mapping"}
        made={made}
        onDone={onDone}
      >
        {(errors) => (
          <>
            {!mapping && (
              <SelectField
                meta={metaUnder("template", errors)}
                label="Begin with"
                hint={shape?.says ?? "Every field is empty."}
                value={template}
                onChange={(event) => choose(event.target.value)}
              >
                {MAPPING_TEMPLATES.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
                <option value="">Nothing</option>
              </SelectField>
            )}
            <TextField meta={metaUnder("name", errors)} label="Name" {...text("name")} />
            <Tick
              on={draft.enabled}
              onChange={(enabled) => set({ enabled })}
              label="Switched on: bodies are read by it"
            />
            <BodySection
              samples={samples}
              body={body}
              items={draft.items}
              aim={aim}
              errors={errors}
              onBody={setBody}
              onItems={(items) => set({ items })}
            />
            <Section title="What each field is taken from">
              {FIELDS.map(([name, label, hint]) => (
                <FieldLines
                  key={name}
                  name={name}
                  label={label}
                  hint={hint}
                  field={draft.fields[name]}
                  errors={errors}
                  onChange={setField(name)}
                />
              ))}
            </Section>
            <Section
              title="When it is over"
              hint="One of these is enough; a known word as status is enough as well."
            >
              <ConditionLines
                what="Over when"
                path="recovery"
                lines={draft.recovery}
                errors={errors}
                onChange={setIn("recovery")}
              />
            </Section>
            <Section
              title="Which bodies it is for"
              hint="All of these must hold; without any it is for every body. The first mapping that is for a body reads it."
            >
              <ConditionLines
                what="For bodies where"
                path="matches"
                lines={draft.matches}
                errors={errors}
                onChange={setIn("matches")}
              />
            </Section>
            <Section title="Tags and links">
              <NamedLines
                what="Tag"
                path="tags"
                example={["site", "$.location"]}
                lines={draft.tags}
                errors={errors}
                onChange={setIn("tags")}
              />
              <TextField
                meta={metaUnder("tags_from", errors)}
                label="An object whose values all become tags"
                hint="Such as $.labels."
                {...text("tagsFrom")}
              />
              <NamedLines
                what="Link"
                path="links"
                example={["Graph", "$.url"]}
                lines={draft.links}
                errors={errors}
                onChange={setIn("links")}
              />
            </Section>
            <Section title="Names">
              <TextField
                meta={metaUnder("slug", errors)}
                label="Short name"
                hint="An address that ends in &mapping= and this name uses this mapping, whatever its conditions say. Left empty, the name makes it."
                {...text("slug")}
              />
              <TextField
                meta={metaUnder("source", errors)}
                label="Source"
                hint="The tool that its alerts are said to be from; left empty: custom."
                {...text("source")}
              />
            </Section>
            <MappingPreview state={preview} />
          </>
        )}
      </SaveForm>
    </AimContext.Provider>
  );
}
