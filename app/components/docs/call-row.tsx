import type { Call, Field } from "../../lib/api-document.ts";

function Fields({ title, fields }: { title: string; fields: Field[] }) {
  if (fields.length === 0) return null;
  return (
    <div>
      <h4 className="text-xs font-semibold text-faint">{title}</h4>
      <ul className="mt-1 divide-y">
        {fields.map(({ name, place, type, required, about }) => (
          <li key={`${place ?? ""} ${name}`} className="py-1.5">
            <code className="font-mono font-medium break-all">{name}</code>{" "}
            <span className="text-xs text-soft break-words">
              {place && `${place}, `}
              {type}
              {required && ", required"}
            </span>
            {about && <p className="text-soft">{about}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One call: its line, and opened what it takes and answers. */
export function CallRow({ call }: { call: Call }) {
  return (
    <details id={call.id} className="scroll-mt-4 px-4 py-2.5 text-sm">
      <summary className="cursor-pointer">
        <code className="font-mono text-xs font-semibold">{call.method}</code>{" "}
        <code className="font-mono break-all">{call.path}</code>
        <span className="block text-soft sm:ml-2 sm:inline">{call.summary}</span>
      </summary>
      <div className="mt-3 space-y-3 border-l-2 pl-4">
        {call.about && <p className="text-soft">{call.about}</p>}
        <Fields title="Parameters" fields={call.parameters} />
        <Fields title="Body (JSON)" fields={call.body} />
        {call.answers.map(({ status, about, fields }) => (
          <div key={status} className="space-y-2">
            <p>
              <code className="font-mono font-medium">{status}</code>{" "}
              <span className="break-words text-soft">{about}</span>
            </p>
            <Fields title={`Fields of ${status}`} fields={fields} />
          </div>
        ))}
      </div>
    </details>
  );
}
