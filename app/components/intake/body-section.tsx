import type { Sample } from "../../../core/dead-letter.ts";
import { utc } from "../../lib/format.ts";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import type { Aim } from "./aim.ts";
import { BodyTree } from "./body-tree.tsx";
import { type Errors, metaUnder } from "./field-errors.ts";
import { Section } from "./line.tsx";

interface SectionProps {
  samples: Sample[];
  body: string;
  items: string;
  aim: Aim;
  errors: Errors;
  onBody(body: string): void;
  onItems(items: string): void;
}

const nameOf = ({ at, size, from }: Sample) =>
  `${utc(at)}, ${size} characters${from === "dead_letter" ? ", not understood" : ""}`;

/** The body that a mapping is tried on, where its alerts are, and its values to click. */
export function BodySection({ samples, body, items, aim, errors, onBody, onItems }: SectionProps) {
  return (
    <Section title="A body to try it on">
      {samples.length > 0 && (
        <SelectField
          meta={metaUnder("sample", errors)}
          label="Received lately"
          onChange={(event) => onBody(samples[Number(event.target.value)]?.body ?? "")}
        >
          {samples.map((sample, i) => (
            <option key={sample.id} value={i}>
              {nameOf(sample)}
            </option>
          ))}
        </SelectField>
      )}
      <TextAreaField
        meta={metaUnder("body", errors)}
        label="The body"
        hint={
          samples.length === 0 ? "Nothing came yet: an example, until you paste one of your own." : undefined
        }
        rows={6}
        value={body}
        onChange={(event) => onBody(event.target.value)}
      />
      <TextField
        meta={metaUnder("items", errors)}
        label="Where the alerts are"
        hint="The path of a list, such as $.alerts; then $ is one alert and $$ the whole body. Empty: the body is one alert."
        autoComplete="off"
        value={items}
        onChange={(event) => onItems(event.target.value)}
      />
      <BodyTree body={body} items={items} field={aim.label} onPick={aim.put} onItems={onItems} />
    </Section>
  );
}
