import { expect, test } from "vitest";
import { deliveries } from "../../dev/demo/schedule.ts";
import { DEMO_COMPANIES, DEMO_MSP } from "../../dev/demo/world.ts";

const HOUR = 3600;

test("the same seed plays the same hour, another seed another one", () => {
  expect(deliveries(7, HOUR)).toEqual(deliveries(7, HOUR));
  expect(deliveries(8, HOUR)).not.toEqual(deliveries(7, HOUR));
});

test("an hour is in order, has something in the first seconds, and reaches every company", () => {
  const hour = deliveries(7, HOUR);
  expect(hour.map((one) => one.at)).toEqual(hour.map((one) => one.at).sort((a, b) => a - b));
  expect(hour.filter((one) => one.at < 30).length).toBeGreaterThan(8);
  for (const index of DEMO_COMPANIES.keys()) {
    expect(hour.filter((one) => one.company === index).length).toBeGreaterThan(50);
  }
});

test("what recovers had fired before, at the same source", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const fired = new Set<string>();
    for (const { company, alerts } of deliveries(seed, HOUR)) {
      for (const alert of alerts) {
        const key = [company, alert.asset_name, alert.signature, alert.tool_source].join(" ");
        if (alert.status === "firing") fired.add(key);
        else expect(fired, key).toContain(key);
      }
    }
  }
});

test("every name says that it is simulated", () => {
  for (const name of [DEMO_MSP, ...DEMO_COMPANIES.map((company) => company.name)]) {
    expect(name).toContain("(demo)");
  }
});
