import { useState } from "react";
import { CATEGORIES } from "../../../core/category.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { metaOf, SaveForm } from "./save-form.tsx";

interface CorrectionProps {
  /** Of the alert it is made from. */
  known?: string;
  /** The page whose action takes it, where it is not this one. */
  action?: string;
  onDone(): void;
}

/** "Always treat this signature as": of a category, a severity, or both. */
export function CorrectionForm({ known = "", action, onDone }: CorrectionProps) {
  const [typed, setTyped] = useState({ signature: known, category: "", severity: "", comment: "" });
  const set = (key: keyof typeof typed) => (event: { target: { value: string } }) =>
    setTyped((old) => ({ ...old, [key]: event.target.value }));
  const { signature, category, severity, comment } = typed;
  const made = { signature, comment, ...(category && { category }), ...(severity && { severity }) };
  return (
    <SaveForm
      intent="correction-add"
      done="Correction saved"
      submit="Save"
      made={made}
      onDone={onDone}
      action={action}
    >
      {(errors) => (
        <>
          <TextField
            meta={metaOf("signature", errors)}
            label="Signature"
            hint="As alerts show it, for instance disk_full."
            autoComplete="off"
            value={signature}
            onChange={set("signature")}
          />
          <SelectField
            meta={metaOf("category", errors)}
            label="Category"
            value={category}
            onChange={set("category")}
          >
            <option value="">As found</option>
            {CATEGORIES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
          <SelectField
            meta={metaOf("severity", errors)}
            label="Severity"
            value={severity}
            onChange={set("severity")}
          >
            <option value="">As sent</option>
            {SEVERITIES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
          <TextField
            meta={metaOf("comment", errors)}
            label="Why"
            autoComplete="off"
            value={comment}
            onChange={set("comment")}
          />
        </>
      )}
    </SaveForm>
  );
}
