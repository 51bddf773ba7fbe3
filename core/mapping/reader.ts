/** Why an expression cannot be read, for its author. */
export class CannotRead extends Error {}

const NAME = /[\p{L}\p{N}_@#/:-]+/uy;
const NUMBER = /-?\d+(\.\d+)?/y;
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r" };

/** Reads an expression from left to right. Every method throws `CannotRead` where the text is another. */
export class Reader {
  readonly text: string;
  position: number;

  constructor(text: string, position = 0) {
    this.text = text;
    this.position = position;
  }

  wrong(what: string): never {
    throw new CannotRead(`${what} (at character ${this.position + 1})`);
  }

  get done(): boolean {
    return this.position >= this.text.length;
  }

  at(word: string): boolean {
    return this.text.startsWith(word, this.position);
  }

  take(word: string): boolean {
    if (!this.at(word)) return false;
    this.position += word.length;
    return true;
  }

  expect(word: string): void {
    if (!this.take(word)) this.wrong(`“${word}” was expected`);
  }

  space(): void {
    while (/\s/.test(this.text[this.position] ?? "")) this.position += 1;
  }

  private match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) this.wrong(`${what} was expected`);
    this.position += found.length;
    return found;
  }

  name(): string {
    return this.match(NAME, "a name");
  }

  number(): number {
    return Number(this.match(NUMBER, "a number"));
  }

  /** "..." or '...'; a doubled backslash is one, and one before any other letter stays, as patterns want it. */
  quoted(): string {
    const mark = this.take('"') ? '"' : this.take("'") ? "'" : this.wrong("a quoted text was expected");
    let read = "";
    while (!this.take(mark)) {
      const letter = this.text[this.position];
      if (letter === undefined) this.wrong("a quoted text does not end");
      this.position += 1;
      const next = this.text[this.position] ?? "";
      if (letter !== "\\") read += letter;
      else if (next === mark || next === "\\") {
        read += next;
        this.position += 1;
      } else if (ESCAPES[next]) {
        read += ESCAPES[next];
        this.position += 1;
      } else read += letter;
    }
    return read;
  }
}
