import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { inRoot } from "../../dev/lib/paths.ts";
import { adapted } from "../support/adapted.ts";

interface MediaType {
  name: string;
  type: string;
  script: string;
  parameters: { name: string; value?: string }[];
  message_templates: { event_source: string; operation_mode: string; subject: string; message: string }[];
}

const file = readFileSync(inRoot("public", "integrations", "zabbix-media-type.yaml"), "utf8");
const exported = parse(file).zabbix_export as { version: string; media_types: MediaType[] };
const media = exported.media_types[0] as MediaType;
const preset = Object.fromEntries(media.parameters.map(({ name, value }) => [name, value ?? ""]));
const SET = { url: "https://aw.example/api/webhooks/zabbix", api_key: "aw_key", secret: "whsec_größe" };

/** What Zabbix gives a webhook's script, as its documentation of the JavaScript objects says. */
function run(params: Record<string, string>, answer = { status: 202, text: "{}" }) {
  const sent: { url: string; data: string; headers: Record<string, string>; proxy: string }[] = [];
  const logged: string[] = [];
  class HttpRequest {
    headers: Record<string, string> = {};
    proxy = "";
    addHeader(line: string) {
      const colon = line.indexOf(": ");
      this.headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 2);
    }
    setProxy(proxy: string) {
      this.proxy = proxy;
    }
    post(url: string, data: string) {
      sent.push({ url, data, headers: this.headers, proxy: this.proxy });
      return answer.text;
    }
    getStatus() {
      return answer.status;
    }
  }
  const hmac = (type: string, key: string, data: string) => createHmac(type, key).update(data).digest("hex");
  const Zabbix = { log: (_: number, words: string) => logged.push(words) };
  const context = { HttpRequest, hmac, Zabbix, value: JSON.stringify({ ...preset, ...params }) };
  try {
    const result: unknown = runInNewContext(`(function (value) {${media.script}\n})(value)`, context);
    return { result, sent, logged };
  } catch (error) {
    return { error: String(error), sent, logged };
  }
}

describe("the media type for Zabbix", () => {
  it("is an export of 6.0 with messages for problem, recovery and update", () => {
    expect(exported.version).toBe("6.0");
    expect(media).toMatchObject({ name: "Alert Whisperer", type: "WEBHOOK" });
    const told = media.message_templates.map((t) => `${t.event_source} ${t.operation_mode}`);
    expect(told).toEqual(
      expect.arrayContaining(["TRIGGERS PROBLEM", "TRIGGERS RECOVERY", "TRIGGERS UPDATE"]),
    );
    expect(new Set(Object.keys(preset)).size).toBe(media.parameters.length);
    // Duktape knows nothing newer than ECMAScript 5.
    expect(media.script).not.toMatch(/=>|`|\b(?:let|const|class)\b/);
  });

  it("sends what our adapter reads, signed, and neither key nor secret in the body", () => {
    const event = {
      event_id: "7",
      event_value: "1",
      event_name: "Größe 💾",
      host_host: "h1",
      event_nseverity: "4",
    };
    const { result, sent } = run({ ...SET, ...event, http_proxy: "http://proxy:3128" });
    expect(result).toBe("OK");
    const [{ url, data, headers, proxy }] = sent as [(typeof sent)[number]];
    expect([url, proxy]).toEqual([SET.url, "http://proxy:3128"]);
    const signed = createHmac("sha256", SET.secret).update(`${headers["x-timestamp"]}.${data}`).digest("hex");
    expect(headers).toMatchObject({ "x-signature": `sha256=${signed}`, "x-api-key": "aw_key" });
    expect(data).not.toMatch(/aw_key|whsec|proxy/);
    expect(adapted("zabbix", JSON.parse(data))).toMatchObject([
      {
        asset_name: "h1",
        signature: "Größe 💾",
        severity: "high",
        caller_key: "7",
        status: "firing",
        flags: [],
      },
    ]);
  });

  it("of the Test button sends a test", () => {
    const { sent } = run(SET);
    expect(adapted("zabbix", JSON.parse(sent[0]?.data ?? ""))).toMatchObject([{ test: true }]);
  });

  it("says what is wrong: a parameter not set, or the service's own words", () => {
    expect(run({}).error).toBe(
      "Alert Whisperer: set the parameter url of the media type to the address of your webhook",
    );
    expect(run({ url: SET.url }).error).toContain("api_key");
    const refused = run(SET, { status: 401, text: '{"detail":"The API key is missing."}' });
    expect(refused.error).toBe("Alert Whisperer: the answer was HTTP 401: The API key is missing.");
    expect(refused.logged).toEqual([refused.error]);
    expect(run(SET, { status: 502, text: "<html>Bad gateway" }).error).toContain(
      "HTTP 502: <html>Bad gateway",
    );
  });

  it("sends nothing of discovery", () => {
    const { result, sent } = run({ ...SET, event_source: "1" });
    expect(result).toMatch(/^Nothing was sent/);
    expect(sent).toEqual([]);
  });

  it("without a secret goes unsigned", () => {
    expect(run({ url: SET.url, api_key: "aw_key" }).sent[0]?.headers).not.toHaveProperty("x-signature");
  });
});
