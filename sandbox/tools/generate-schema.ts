import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSdk, written } from "./read-sdk";
import { modelledTypes } from "./types";

writeFileSync(join(__dirname, "..", "model", "schema.json"), written(readSdk(modelledTypes)));
