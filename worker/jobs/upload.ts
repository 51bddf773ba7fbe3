import type { Env } from "../env.ts";

/** Every part but the last must be as large, and no smaller than 5 MiB. */
const PART_BYTES = 8 * 1024 * 1024;

/** A file of unknown length on its way into the store, one part in memory at a time. */
export class Upload {
  bytes = 0;
  private parts: R2UploadedPart[] = [];
  private waiting: Uint8Array[] = [];
  private size = 0;
  private into: R2MultipartUpload;

  private constructor(into: R2MultipartUpload) {
    this.into = into;
  }

  static async begin(env: Env, key: string, contentType: string): Promise<Upload> {
    return new Upload(await env.FILES.createMultipartUpload(key, { httpMetadata: { contentType } }));
  }

  get id(): string {
    return this.into.uploadId;
  }

  write(chunk: Uint8Array): void {
    this.waiting.push(chunk);
    this.size += chunk.byteLength;
  }

  /** Sends the parts that are whole. */
  async drain(): Promise<void> {
    while (this.size >= PART_BYTES) await this.send(PART_BYTES);
  }

  private async send(bytes: number): Promise<void> {
    const part = new Uint8Array(bytes);
    let at = 0;
    while (at < bytes) {
      const chunk = this.waiting.shift();
      if (!chunk) break;
      const fits = chunk.subarray(0, bytes - at);
      part.set(fits, at);
      at += fits.byteLength;
      if (fits.byteLength < chunk.byteLength) this.waiting.unshift(chunk.subarray(fits.byteLength));
    }
    this.size -= bytes;
    this.parts.push(await this.into.uploadPart(this.parts.length + 1, part));
    this.bytes += bytes;
  }

  async complete(): Promise<void> {
    await this.drain();
    if (this.size > 0) await this.send(this.size);
    await this.into.complete(this.parts);
  }

  async abort(): Promise<void> {
    await this.into.abort();
  }
}

/** What a run that died left behind; gone already is as good. */
export async function abortUpload(env: Env, upload: { key: string; id: string }): Promise<void> {
  await env.FILES.resumeMultipartUpload(upload.key, upload.id)
    .abort()
    .catch(() => undefined);
}
