import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Files by their path below a folder. */
export interface Files {
  readonly [file: string]: string;
}

/** A folder of its own for one test, with the packages of this repository at hand. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(path.join(tmpdir(), "evenkeel-plan-")));

  constructor(files: Files = {}) {
    symlinkSync(path.join(__dirname, "../../../node_modules"), this.at("node_modules"));
    this.write(files);
  }

  /** A path below the folder. */
  at(file: string): string {
    return path.join(this.path, file);
  }

  /** Writes files, making the folders they are in. */
  write(files: Files): void {
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.dirname(this.at(file)), { recursive: true });
      writeFileSync(this.at(file), content);
    }
  }

  /** Takes the folder away. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Runs a test in a folder that is gone afterwards. */
export async function inFolder<T>(files: Files, test: (folder: Folder) => T | Promise<T>): Promise<T> {
  const folder = new Folder(files);
  try {
    return await test(folder);
  } finally {
    folder.remove();
  }
}
