import { describe, expect, it } from "vitest";
import { type Access, deliveryUrl, PLACEHOLDER } from "../../app/lib/setup/access.ts";
import {
  alertmanagerConfig,
  curlLine,
  nodeScript,
  powershellScript,
  pythonScript,
} from "../../app/lib/setup/snippets.ts";
import { TOOLS } from "../../app/lib/setup/tools.ts";

const access: Access = {
  webhookUrl: "https://alerts.example/api/webhooks/alerts?api_key=aw_of_before",
  key: "aw_key",
  secret: "s3cret",
};
const ADDRESS = "https://alerts.example/api/webhooks/alerts?api_key=aw_key";

describe("set-up of tools", () => {
  it("names the route of the tool and the key that is given, whatever the webhook's address held", () => {
    expect(deliveryUrl(access)).toBe(ADDRESS);
    expect(deliveryUrl(access, "alertmanager")).toBe(
      "https://alerts.example/api/webhooks/alertmanager?api_key=aw_key",
    );
  });

  it.each([
    ["curl", curlLine],
    ["Python", pythonScript],
    ["Node.js", nodeScript],
    ["PowerShell", powershellScript],
  ])("%s gets address and secret, and sends what it signs", (_, script) => {
    const text = script(access);
    expect(text).toContain(ADDRESS);
    expect(text).toContain("s3cret");
    expect(text).not.toContain("aw_of_before");
    expect(text).toContain("X-Timestamp");
    expect(text).toContain("sha256=");
  });

  it("leaves nothing of the placeholders where key and secret are known, and says both where not", () => {
    for (const tool of TOOLS) {
      const known = JSON.stringify(tool.steps(access));
      expect(known, tool.id).not.toContain(PLACEHOLDER.key);
      expect(known, tool.id).not.toContain(PLACEHOLDER.secret);
      const unknown = JSON.stringify(tool.steps({ ...access, ...PLACEHOLDER }));
      expect(unknown, tool.id).toContain(PLACEHOLDER.key);
      if (tool.signs) expect(unknown, tool.id).toContain(PLACEHOLDER.secret);
    }
  });

  it("tells Alertmanager to send recoveries, and to no other route than its own", () => {
    expect(alertmanagerConfig(access)).toContain("send_resolved: true");
    expect(alertmanagerConfig(access)).toContain("/api/webhooks/alertmanager?api_key=aw_key");
  });

  it("has one id and one label for each, so that a copy button says which text it copies", () => {
    const labels = TOOLS.flatMap((tool) => tool.steps(access).flatMap(({ code }) => code?.label ?? []));
    expect(new Set(labels).size).toBe(labels.length);
    expect(new Set(TOOLS.map(({ id }) => id)).size).toBe(TOOLS.length);
  });
});
