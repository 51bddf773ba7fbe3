import { expect, it } from "vitest";
import { alertOf, freshCompany } from "../support/company-object.ts";

it("finds alerts by keys of any characters after memory is lost", async () => {
  const { accept, crash } = await freshCompany();
  const keys = ["\ud800", "\ud801", "a\u0000b", "a\u0000c", "a", "\ufffd", "'\"|\\", "é", "e\u0301"];
  const send = async () => {
    const answer = await accept(keys.map((caller_key) => alertOf({ caller_key })));
    return answer.kind === "received" ? answer.alert_ids : answer.kind;
  };
  const first = await send();
  expect(new Set(first).size).toBe(keys.length);
  await crash();
  expect(await send()).toEqual(first);
});
