import { strToU8, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import type { Upload } from "./upload.ts";

/** Fast beats small: a page of rows must be packed within a slice. */
const LEVEL = 4;

/** A zip archive that is written while it is read; one file after the other. */
export class ZipWriter {
  private zip: Zip;
  private upload: Upload;
  private failure: Error | null = null;

  constructor(upload: Upload) {
    this.upload = upload;
    this.zip = new Zip((error, chunk) => {
      if (error) this.failure = error;
      else upload.write(chunk);
    });
  }

  private async settle(): Promise<void> {
    if (this.failure) throw this.failure;
    await this.upload.drain();
  }

  /** A file out of texts as they come. */
  async file(name: string, texts: AsyncIterable<string> | Iterable<string>): Promise<void> {
    const file = new ZipDeflate(name, { level: LEVEL });
    file.mtime = Date.now();
    this.zip.add(file);
    for await (const text of texts) {
      file.push(strToU8(text));
      await this.settle();
    }
    file.push(new Uint8Array(), true);
    await this.settle();
  }

  /** One that is packed already. */
  async bytes(name: string, bytes: Uint8Array): Promise<void> {
    const file = new ZipPassThrough(name);
    file.mtime = Date.now();
    this.zip.add(file);
    file.push(bytes, true);
    await this.settle();
  }

  async end(): Promise<void> {
    this.zip.end();
    await this.settle();
    await this.upload.complete();
  }
}
