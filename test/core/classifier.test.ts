import { expect, test } from "vitest";
import { deterministicClassifier } from "../../core/classifier.ts";

const suggest = async (raw_signature: string, message = "") => {
  const { category, confidence, severity } = await deterministicClassifier.suggest({
    raw_signature,
    message,
  });
  return [category, confidence, severity];
};

test("the vocabulary is certain of its own entries, less of single words, hardly of anything else", async () => {
  expect(await suggest("DiskSpaceLow", "disk space")).toEqual(["Storage", 1, "high"]);
  expect(await suggest("Thing 7", "the postgres replica lags")).toEqual(["Database", 0.6, null]);
  expect(await suggest("Thing 7", "it is odd")).toEqual(["Other", 0.2, null]);
});
