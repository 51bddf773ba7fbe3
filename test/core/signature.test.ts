import { describe, expect, it } from "vitest";
import { canonicalSignature, classify, words } from "../../core/signature.ts";

describe("what is wrong, in one vocabulary", () => {
  it.each([
    [
      "high_cpu_usage",
      [
        "high_cpu_usage",
        "HighCPU",
        "HostHighCpuLoad",
        "CPU usage > 90%",
        "cpu.load",
        "Processor load is high",
      ],
    ],
    [
      "high_load",
      ["HostHighLoad", "High load", "Load average is too high (per CPU load over 1.5)", "system load"],
    ],
    [
      "disk_full",
      [
        "disk_full",
        "NodeFilesystemSpaceFillingUp",
        "DiskSpaceLow",
        "Disk Usage",
        "Free disk space is less than 20%",
      ],
    ],
    [
      "host_down",
      [
        "HostDown",
        "host down",
        "NodeDown",
        "InstanceDown",
        "Host unreachable",
        "CHECK_HOST_ALIVE",
        "TargetDown",
      ],
    ],
    ["service_down", ["service_down", "ServiceDown", "Service nginx is not running", "Website down"]],
    ["high_memory_usage", ["HighMemoryUsage", "OOMKilled", "Memory utilization"]],
    ["database_down", ["PostgresqlDown", "PostgreSQL is down", "MySQL down", "MySQLDown", "RedisDown"]],
    ["certificate_expiring", ["SSL certificate expires soon", "CertExpiry", "TLSExpiring"]],
    ["backup_failed", ["Backup failed", "VeeamBackupJob"]],
    ["pod_crash_looping", ["KubePodCrashLooping", "CrashLoopBackOff"]],
    ["brute_force", ["SSH brute force", "Failed login attempts"]],
  ])("%s", (name, raws) => {
    for (const raw of raws) expect(canonicalSignature(raw), raw).toMatchObject({ name, known: true });
  });

  it("keeps the tool's own words where it knows none", () => {
    expect(canonicalSignature("Quota Exceeded: mailbox #7")).toEqual({
      name: "quota_exceeded_mailbox_7",
      title: "Quota Exceeded: mailbox #7",
      category: null,
      usually: null,
      known: false,
    });
    expect(canonicalSignature("Größe überschritten").name).toBe("größe_überschritten");
    expect(canonicalSignature("").name).toBe("");
    expect(canonicalSignature("!?").name).toBe("!?");
  });

  it("makes words of an identifier for titles, and only of one", () => {
    const titles = ["mail_queue_full", "fan_failure", "FooBar_x", "a b_c", "hum"].map(
      (raw) => canonicalSignature(raw).title,
    );
    expect(titles).toEqual(["Mail queue full", "Fan failure", "FooBar_x", "a b_c", "hum"]);
    expect(canonicalSignature("fan_failure").name).toBe("fan_failure");
  });

  it("does not take part of a short word for the word", () => {
    expect(canonicalSignature("dnsmasq started").name).not.toBe("dns_failure");
    expect(canonicalSignature("ioncube licence").known).toBe(false);
  });

  it("is bounded and the same every time", () => {
    const long = `Strange ${"x".repeat(5000)}`;
    const { name, title } = canonicalSignature(long);
    expect(Math.max(name.length, title.length)).toBeLessThanOrEqual(120);
    expect(canonicalSignature(long)).toEqual(canonicalSignature(long));
    for (let i = 0; i < 5000; i++) canonicalSignature(`filler ${i}`);
    expect(canonicalSignature(long).name).toBe(name);
  });

  it("splits words at punctuation and changes of case", () => {
    expect(words("HostHighCPULoad-90%_x")).toEqual(["host", "high", "cpu", "load", "90", "x"]);
  });
});

describe("the category", () => {
  it("is the signature's, else comes from the words of signature and message", () => {
    expect(classify(canonicalSignature("PostgresqlDown"), "")).toBe("Database");
    expect(classify(canonicalSignature("quota exceeded"), "lambda throttled in aws")).toBe("Cloud");
    expect(classify(canonicalSignature("odd thing"), "switch rebooted")).toBe("Network");
    expect(classify(canonicalSignature("odd thing"), "nobody knows")).toBe("Other");
  });
});
