import { afterEach, beforeEach, expect, it } from "vitest";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(() => time.restore());

it("closes every silent alert of a large incident, those beyond the listed thousand too", async () => {
  const { stub, accept, incident, settle } = await freshCompany();
  await settle({ strategy: "signature" });
  await accept(Array.from({ length: 1100 }, (_, i) => alertOf({ asset_name: `web-${i}` })));
  time.forward(60 * MINUTE);
  await accept([alertOf({ asset_name: "web-1099" })]);
  expect(await incident(1)).toMatchObject({ distinct_alerts: 1100, firing_alerts: 1100, alert_count: 1101 });
  time.forward(23 * 60 * MINUTE);
  await stub.wake();
  // The one that was heard of an hour later goes on for an hour.
  expect(await incident(1)).toMatchObject({ status: "new", firing_alerts: 1 });
  time.forward(60 * MINUTE);
  await stub.wake();
  time.forward(3 * MINUTE);
  await stub.wake();
  expect(await incident(1)).toMatchObject({ status: "resolved", firing_alerts: 0 });
});

it("goes on in the next run where one cannot close them all", async () => {
  const { stub, accept, incident, settle } = await freshCompany();
  await settle({ strategy: "signature" });
  await accept(Array.from({ length: 6000 }, (_, i) => alertOf({ asset_name: `web-${i}` })));
  time.forward(24 * 60 * MINUTE);
  await stub.wake();
  const { firing_alerts } = await incident(1);
  expect(firing_alerts).toBeGreaterThan(0);
  expect(firing_alerts).toBeLessThan(6000);
  time.forward(1000);
  await stub.wake();
  await stub.wake();
  expect(await incident(1)).toMatchObject({ firing_alerts: 0 });
});
