type Row = Record<string, string>;

/** What the test needs of the frontend's API: https://www.zabbix.com/documentation/6.0/en/manual/api */
export class ZabbixApi {
  private readonly url: string;
  private token: string | null = null;
  private calls = 0;

  constructor(url: string) {
    this.url = url;
  }

  /** @throws with Zabbix's own words */
  async call<T>(method: string, params: unknown): Promise<T> {
    this.calls += 1;
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/json-rpc" },
      body: JSON.stringify({ jsonrpc: "2.0", id: this.calls, method, params, auth: this.token }),
    });
    const text = await response.text();
    let answer: { result?: T; error?: unknown };
    try {
      answer = JSON.parse(text);
    } catch {
      throw new Error(`${method}: ${response.status} ${text.slice(0, 500)}`);
    }
    if (answer.error) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return answer.result as T;
  }

  async answers(): Promise<boolean> {
    try {
      await this.call("apiinfo.version", {});
      return true;
    } catch {
      return false;
    }
  }

  async signIn(username: string, password: string): Promise<void> {
    this.token = await this.call<string>("user.login", { username, password });
  }

  /** Imports the exported media type, sets its parameters, enables it, gives it to a user of its own. */
  async installMediaType(source: string, settings: Record<string, string>): Promise<void> {
    const rules = { mediaTypes: { createMissing: true, updateExisting: true } };
    await this.call("configuration.import", { format: "yaml", rules, source });
    const [media] = await this.call<(Row & { parameters: unknown })[]>("mediatype.get", {
      filter: { name: "Alert Whisperer" },
      output: "extend",
    });
    if (!media) throw new Error("the media type was not imported");
    const parameters = (media.parameters as { name: string; value: string }[]).map(({ name, value }) => ({
      name,
      value: settings[name] ?? value,
    }));
    const mediatypeid = media.mediatypeid ?? "";
    await this.call("mediatype.update", { mediatypeid, parameters, status: 0, attempt_interval: "1s" });
    await this.call("usermacro.createglobal", { macro: "{$ZABBIX.URL}", value: "http://zabbix.example" });
    const userid = await this.addReader([
      { mediatypeid, sendto: "-", active: 0, severity: 63, period: "1-7,00:00-24:00" },
    ]);
    await this.call("action.create", {
      name: "Tell Alert Whisperer",
      eventsource: 0,
      status: 0,
      esc_period: "1h",
      operations: [
        {
          operationtype: 0,
          opmessage: { default_msg: 1, mediatypeid },
          opmessage_usr: [{ userid }],
        },
      ],
      recovery_operations: [{ operationtype: 11, opmessage: { default_msg: 1 } }],
      update_operations: [{ operationtype: 12, opmessage: { default_msg: 1 } }],
    });
  }

  /** A user who may read the Linux servers. Nobody is told of their own updates, so it cannot be Admin. */
  private async addReader(medias: unknown[]): Promise<string> {
    const [group] = await this.call<Row[]>("hostgroup.get", { filter: { name: "Linux servers" } });
    const rights = [{ id: group?.groupid, permission: 2 }];
    const made = await this.call<{ usrgrpids: string[] }>("usergroup.create", {
      name: "Alert Whisperer",
      rights,
    });
    const { userids } = await this.call<{ userids: string[] }>("user.create", {
      username: "alert-whisperer",
      passwd: `no-sign-in-${crypto.randomUUID()}`,
      roleid: "1",
      usrgrps: made.usrgrpids.map((usrgrpid) => ({ usrgrpid })),
      medias,
    });
    return userids[0] ?? "";
  }

  /** A host with one trapper item, and a trigger on its value. @returns the trigger's id */
  async watch(
    host: string,
    visibleName: string,
    trigger: { name: string; priority: number },
  ): Promise<string> {
    const [group] = await this.call<Row[]>("hostgroup.get", { filter: { name: "Linux servers" } });
    const { hostids } = await this.call<{ hostids: string[] }>("host.create", {
      host,
      name: visibleName,
      groups: [{ groupid: group?.groupid }],
    });
    await this.call("item.create", {
      name: "Space used",
      key_: "used",
      hostid: hostids[0],
      type: 2,
      value_type: 3,
    });
    const { triggerids } = await this.call<{ triggerids: string[] }>("trigger.create", {
      description: trigger.name,
      expression: `last(/${host}/used)>90`,
      priority: trigger.priority,
      opdata: "{ITEM.LASTVALUE1} % used",
      tags: [{ tag: "component", value: "storage" }],
    });
    return triggerids[0] ?? "";
  }

  /** The newest open problem of a trigger; acknowledge 2, message 4 and severity 8 add up in `action`. */
  async update(triggerId: string, action: number, more: Record<string, unknown>): Promise<void> {
    const [problem] = await this.call<Row[]>("problem.get", { objectids: triggerId });
    await this.call("event.acknowledge", { eventids: problem?.eventid, action, ...more });
  }
}
