import { describe, expect, it } from "vitest";
import { freshTenant } from "../support/fresh-tenant.ts";
import { payload, read } from "../support/payloads.ts";

const typed = (type: string) => ({ headers: { "content-type": type } });
const BOUNDARY = "----tool7MA4YWxk";
const part = (name: string, value: string, file = "") =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;

describe("the body of an alert", () => {
  it("is JSON whatever its type is called, and with a byte order mark", async () => {
    const { company } = await freshTenant();
    const json = (message: string) => JSON.stringify(payload({ message }));
    const types = ["text/plain; charset=UTF-8", "application/x-www-form-urlencoded", "multipart/form-data"];
    for (const type of types)
      expect([type, (await read(company.post(json(type), typed(type)))).code]).toEqual([type, 202]);
    expect((await read(company.post(`\uFEFF${json("BOM")}`))).code).toBe(202);
  });

  it("may be a form", async () => {
    const { company } = await freshTenant();
    const urlencoded = typed("application/x-www-form-urlencoded; charset=utf-8");
    const fields = new URLSearchParams(payload({ message: "Größe & 50 %" }) as Record<string, string>);
    const plain = await read(company.post(`${fields}`, urlencoded));
    expect([plain.code, plain.body.results[0]?.outcome]).toEqual([202, "opened"]);

    const parts = Object.entries(payload()).map(([name, value]) => part(name, String(value)));
    const file = part("picture", "\u0000", '; filename="a.png"');
    const body = `${parts.join("")}${file}--${BOUNDARY}--\r\n`;
    const multipart = await read(company.post(body, typed(`multipart/form-data; boundary=${BOUNDARY}`)));
    expect([multipart.code, multipart.body.alert_id]).toEqual([202, plain.body.alert_id]);

    const wrapped = new URLSearchParams({ payload: JSON.stringify(payload()) });
    const inside = await read(company.post(`${wrapped}`, urlencoded));
    expect([inside.code, inside.body.alert_id]).toEqual([202, plain.body.alert_id]);
  });

  it("that is a form without end, without fields or broken is refused with its reason", async () => {
    const { company } = await freshTenant();
    const form = typed("application/x-www-form-urlencoded");
    const many = Array.from({ length: 300 }, (_, i) => `f${i}=1`).join("&");
    const said = async (body: string, options: object) => {
      const answer = await read(company.post(body, options));
      return [answer.code, answer.body.error, answer.body.detail];
    };
    expect(await said(many, form)).toEqual([400, "invalid_json", "The form has more than 256 fields."]);
    expect(await said("", form)).toEqual([400, "invalid_json", "The form has no fields."]);
    expect(await said("no parts here", typed("multipart/form-data; boundary=x"))).toEqual([
      400,
      "invalid_json",
      "The body is neither JSON nor the form that its Content-Type says.",
    ]);
  });
});
