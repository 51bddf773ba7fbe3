import { expect, it } from "vitest";
import { bodyPaths } from "../../app/components/intake/body-paths.ts";
import { draftOf, fromTemplate, mappingOf } from "../../app/components/intake/mapping-draft.ts";
import { type MappingView, mappingInput } from "../../core/mapping/mapping.ts";
import { MAPPING_TEMPLATES } from "../../core/mapping/templates.ts";

const everything = mappingInput.parse({
  name: "Backups",
  slug: "backups",
  enabled: false,
  source: "backup",
  items: "$.results",
  matches: [
    { value: "$.kind", op: "is", to: ["backup", "a, b", "two\nlines"] },
    { value: "$.old", op: "missing" },
  ],
  fields: {
    asset_name: { from: ["a || b", "$.host"] },
    signature: { from: ["{{ $.x }} = {{ $.y }}"] },
    severity: {
      from: ["$.s"],
      map: [
        { from: "a=b", to: "critical" },
        { from: "*", to: "low" },
      ],
    },
    category: { from: ["Storage"] },
    group: { from: ["$.site"] },
  },
  recovery: [
    { value: "$.code", op: "below", to: ["1"] },
    { value: "$.text", op: "matches", to: ["^ok{1,2}"] },
  ],
  tags: [{ name: "site", value: "$.site" }],
  tags_from: "$.labels",
  links: [{ label: "Log", url: "$.url" }],
});
const view: MappingView = {
  ...everything,
  id: "mp_1",
  slug: "backups",
  position: 0,
  webhook_path: "/",
  changed_at: "2026-01-01T00:00:00.000Z",
  changed_by: "Ada",
};

it("a mapping that is opened and saved unchanged is what it was, to the last comma", () => {
  expect(mappingInput.parse(mappingOf(draftOf(view)))).toEqual(everything);
});

it.each(MAPPING_TEMPLATES)("the template $id needs only a name", (template) => {
  const draft = { ...fromTemplate(template), name: "Own" };
  expect(mappingInput.parse(mappingOf(draft))).toEqual(
    mappingInput.parse({ name: "Own", ...template.mapping }),
  );
});

it("what is left empty is not sent: expressions, words, the short name", () => {
  const draft = fromTemplate(undefined);
  draft.name = "Own";
  draft.fields.signature = {
    from: [
      { key: 1, text: "$.what" },
      { key: 2, text: "  " },
    ],
    map: [{ key: 3, from: "", to: "x" }],
  };
  draft.fields.message = { from: [{ key: 4, text: "" }], map: [] };
  const made = mappingOf(draft);
  expect(made).not.toHaveProperty("slug");
  expect(made.fields).toEqual({ signature: { from: ["$.what"], map: [] } });
});

it("offers paths of one alert, of the body around it, and the lists that could hold alerts", () => {
  const body = JSON.stringify({ site: "Bern", a: { hits: [{ "odd name": 1 }, { "odd name": 2 }] } });
  expect(bodyPaths(body, "")).toMatchObject({
    own: [
      { path: "$.site", text: "Bern" },
      { path: '$.a.hits[0]["odd name"]' },
      { path: '$.a.hits[1]["odd name"]' },
    ],
    lists: ["$.a.hits"],
  });
  const each = { own: [{ path: '$["odd name"]', text: "1" }], whole: [{ path: "$$.site" }] };
  expect(bodyPaths(body, "$.a.hits")).toMatchObject(each);
  expect(bodyPaths(body, "$.a.hits[*]")).toMatchObject(each);
  expect(bodyPaths(body, "$.nothing")).toMatchObject({ own: [] });
  expect(bodyPaths("a=1", "")).toBeNull();
});
