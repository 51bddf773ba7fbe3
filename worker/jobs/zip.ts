import { strToU8, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import type { Upload } from "./upload.ts";

/** Fast beats small: a page of rows must be packed within a slice. */
const LEVEL = 4;
/** The format without its 64-bit extension counts offsets in 32 bits: better no archive than one that cannot be opened. */
const BYTES_MAX = 0xffff_0000;

/** A zip archive that is written while it is read; one file after the other. */
export class ZipWriter {
  private zip: Zip;
  private upload: Upload;
  private failure: Error | null = null;
  private bytesOut = 0;

  constructor(upload: Upload) {
    this.upload = upload;
    this.zip = new Zip((error, chunk) => {
      if (error) this.failure = error;
      else upload.write(chunk);
      this.bytesOut += chunk?.byteLength ?? 0;
    });
  }

  private async settle(): Promise<void> {
    if (this.failure) throw this.failure;
    if (this.bytesOut > BYTES_MAX) throw new Error("the export is larger than 4 GiB");
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
