import { open } from "node:fs/promises";

/** Writes external commands to a named pipe: https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/extcommands.html */
export class CommandPipe {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  private async write(command: string): Promise<void> {
    const pipe = await open(this.path, "w");
    await pipe.write(`[${Math.floor(Date.now() / 1000)}] ${command}\n`);
    await pipe.close();
  }

  /** 0 OK, 1 warning, 2 critical, 3 unknown. */
  async service(host: string, service: string, state: number, output: string): Promise<void> {
    await this.write(`PROCESS_SERVICE_CHECK_RESULT;${host};${service};${state};${output}`);
  }

  /** 0 up, 1 down. */
  async host(host: string, state: number, output: string): Promise<void> {
    await this.write(`PROCESS_HOST_CHECK_RESULT;${host};${state};${output}`);
  }

  async acknowledge(host: string, service: string, by: string, comment: string): Promise<void> {
    await this.write(`ACKNOWLEDGE_SVC_PROBLEM;${host};${service};1;1;0;${by};${comment}`);
  }
}
