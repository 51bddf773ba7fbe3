import { getFormProps, useForm } from "@conform-to/react";
import { useEffect, useState } from "react";
import { ASSET_TYPES, ENVIRONMENTS } from "../../../core/asset.ts";
import type { Asset, AssetDetail } from "../../../core/asset-schema.ts";
import { api } from "../../lib/api.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { IntentForm } from "../ui/intent-form.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tick } from "../ui/tick.tsx";
import { DependencyField } from "./dependency-field.tsx";
import { ENVIRONMENT, TYPE } from "./words.tsx";

interface DialogProps {
  companyId: string;
  /** null: a new one. */
  asset: Asset | null;
  onClose(): void;
}

/** Adds an asset, or changes one, read anew so that nothing of somebody else's edit is lost. */
export default function AssetDialog({ companyId, asset, onClose }: DialogProps) {
  const [detail, setDetail] = useState<AssetDetail | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const id = asset?.id;
  useEffect(() => {
    if (!id) return;
    api<AssetDetail>(`/api/companies/${companyId}/assets/${id}`).then((answer) =>
      answer.ok ? setDetail(answer.value) : setProblem(answer.error.detail),
    );
  }, [companyId, id]);
  const ready = !id || detail;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      place="side"
      title={asset ? `Edit ${asset.name}` : "Add an asset"}
    >
      {ready && <AssetForm companyId={companyId} asset={detail} onClose={onClose} />}
      {problem && <p role="alert">{problem}</p>}
      {!ready && !problem && <Skeleton rows={8} className="p-0" />}
    </Dialog>
  );
}

interface Fields {
  id: string;
  name: string;
  type: string;
  environment: string;
  ip: string;
  instance_id: string;
  os: string;
  tags: string;
  aliases: string;
  notes: string;
  critical: string;
  depends_on: string;
}

function AssetForm({
  companyId,
  asset,
  onClose,
}: {
  companyId: string;
  asset: AssetDetail | null;
  onClose(): void;
}) {
  const intent = asset ? "asset-edit" : "asset-add";
  const state = useIntent(intent, {
    id: asset?.id ?? companyId,
    done: asset ? "Asset saved" : "Asset added",
    onDone: onClose,
  });
  const [form, fields] = useForm<Fields>({
    id: intent,
    lastResult: state.answer?.ok ? undefined : state.answer?.result,
    defaultValue: {
      name: asset?.name,
      type: asset?.type ?? "server",
      environment: asset?.environment ?? "production",
      ip: asset?.ip,
      instance_id: asset?.instance_id,
      os: asset?.os,
      tags: asset?.tags.join(", "),
      aliases: asset?.aliases.join("\n"),
      notes: asset?.notes,
    },
  });
  const { name, type, environment, ip, instance_id, os, tags, aliases, notes } = fields;
  return (
    <IntentForm
      intent={intent}
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      submit={asset ? "Save asset" : "Add asset"}
      look="primary"
    >
      {asset && <input type="hidden" name="id" value={asset.id} />}
      <TextField
        meta={name}
        label="Name"
        defaultValue={name.initialValue}
        required
        hint={asset ? "Its former name stays an alias, so that alerts under it still find it." : undefined}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField meta={type} label="Type" defaultValue={type.initialValue}>
          {ASSET_TYPES.map((value) => (
            <option key={value} value={value}>
              {TYPE[value].word}
            </option>
          ))}
        </SelectField>
        <SelectField meta={environment} label="Environment" defaultValue={environment.initialValue}>
          {ENVIRONMENTS.map((value) => (
            <option key={value} value={value}>
              {ENVIRONMENT[value]}
            </option>
          ))}
        </SelectField>
        <TextField meta={ip} label="IP address" defaultValue={ip.initialValue} placeholder="10.0.0.7" />
        <TextField
          meta={instance_id}
          label="Instance id"
          defaultValue={instance_id.initialValue}
          placeholder="i-0abc123"
        />
      </div>
      <TextField meta={os} label="Operating system" defaultValue={os.initialValue} placeholder="Debian 13" />
      <TextField
        meta={tags}
        label="Tags"
        defaultValue={tags.initialValue}
        placeholder="shop, eu-west"
        hint="Separated by commas."
      />
      <TextAreaField
        meta={aliases}
        label="Other names"
        rows={3}
        defaultValue={aliases.initialValue}
        hint="What tools call it besides name, address and instance id; one a line."
      />
      <DependencyField
        companyId={companyId}
        self={asset?.id ?? null}
        chosen={asset?.needs ?? []}
        errors={fields.depends_on.errors}
      />
      <TextAreaField meta={notes} label="Notes" rows={3} defaultValue={notes.initialValue} />
      <Tick
        name="critical"
        value="yes"
        label="Critical"
        hint="An incident on it scores 20 more."
        checked={asset?.critical ?? false}
      />
    </IntentForm>
  );
}
