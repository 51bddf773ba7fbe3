import { useEffect, useState } from "react";
import type { Sample } from "../../../core/dead-letter.ts";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { metaOf, SaveForm } from "../noise/save-form.tsx";
import { Button } from "../ui/button.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { BodyTree } from "./body-tree.tsx";
import { blank, draftOf, FIELDS, type FieldName, type MappingDraft, mappingOf } from "./mapping-draft.ts";
import { MappingPreview, type Preview } from "./mapping-preview.tsx";

const TYPING_MS = 300;

/** Runs what is typed on the body, shortly after each change. */
function usePreview(draft: MappingDraft, body: string): Preview | string | null {
  const { fetcher, answer } = useIntent("mapping-preview", { id: "editor" });
  const made = JSON.stringify({ mapping: mappingOf(draft), body });
  const { submit } = fetcher;
  useEffect(() => {
    if (!body.trim()) return;
    const form = { intent: "mapping-preview", made };
    const timer = setTimeout(() => submit(form, { method: "post" }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [made, body, submit]);
  if (!answer) return null;
  if (answer.ok) return answer.value as Preview;
  return (
    Object.entries(answer.result?.error ?? {})
      .map(([path, text]) => `${path.replace(/^mapping\./, "")}: ${text?.join(" ")}`)
      .join("; ") ||
    (answer.problem ?? "That did not work.")
  );
}

/** One mapping, with what it makes of a body as one types. */
export function MappingEditor(props: { mapping: MappingView | null; samples: Sample[]; onDone(): void }) {
  const { mapping, samples, onDone } = props;
  const [draft, setDraft] = useState(() => (mapping ? draftOf(mapping) : blank));
  const [body, setBody] = useState(samples[0]?.body ?? "");
  const [field, setField] = useState<FieldName>("signature");
  const preview = usePreview(draft, body);
  const set = (change: Partial<MappingDraft>) => setDraft((before) => ({ ...before, ...change }));
  const text = (name: keyof Omit<MappingDraft, "fields" | "enabled">) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  const setExpression = (name: FieldName, value: string) =>
    setDraft((before) => ({ ...before, fields: { ...before.fields, [name]: value } }));
  const put = (path: string) => setExpression(field, path);
  return (
    <SaveForm
      intent={mapping ? "mapping-save" : "mapping-add"}
      id={mapping?.id}
      done={mapping ? "Mapping saved" : "Mapping added"}
      submit={mapping ? "Save mapping" : "Add mapping"}
      made={mappingOf(draft, mapping)}
      onDone={onDone}
    >
      {(errors) => (
        <>
          <TextField meta={metaOf("name", errors)} label="Name" {...text("name")} />
          <TextField
            meta={metaOf("items", errors)}
            label="Where the alerts are"
            hint="The path of a list, such as $.alerts; empty: the body is one alert."
            {...text("items")}
          />
          {samples.length > 1 && (
            <SelectField
              meta={metaOf("sample", errors)}
              label="Received lately"
              onChange={(event) => setBody(samples[Number(event.target.value)]?.body ?? "")}
            >
              {samples.map((sample, i) => (
                <option key={sample.id} value={i}>
                  {new Date(sample.at).toISOString().slice(0, 19).replace("T", " ")} UTC, {sample.size}{" "}
                  characters
                </option>
              ))}
            </SelectField>
          )}
          <TextAreaField
            meta={metaOf("body", errors)}
            label="A body to try it on"
            rows={6}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
          <BodyTree body={body} items={draft.items} onPick={put} field={field} />
          {FIELDS.map(([name, label, hint]) => (
            <TextField
              key={name}
              meta={metaOf(name, errors, `fields.${name}.from.0`)}
              label={label}
              hint={hint}
              value={draft.fields[name] ?? ""}
              onFocus={() => setField(name)}
              onChange={(event) => setExpression(name, event.target.value)}
            />
          ))}
          <TextField
            meta={metaOf("severities", errors)}
            label="Words for how bad it is"
            hint="5 = critical, 3 = low"
            {...text("severities")}
          />
          <TextField
            meta={metaOf("over", errors, "recovery.0.value")}
            label="Over when this"
            hint="For example $.state"
            {...text("over")}
          />
          <TextField
            meta={metaOf("overIs", errors, "recovery.0.to")}
            label="is one of"
            hint="OK, RESOLVED"
            {...text("overIs")}
          />
          <Button onClick={() => set({ enabled: !draft.enabled })} aria-pressed={draft.enabled}>
            {draft.enabled ? "Switched on" : "Switched off"}
          </Button>
          <MappingPreview preview={preview} />
        </>
      )}
    </SaveForm>
  );
}
