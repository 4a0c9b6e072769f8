import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Made } from "../model/kind";
import { World } from "../model/world";
import { AccountError } from "./account-error";
import { type AccountState, NoWorld, type SavedResource, savedWorldFrom } from "./saved-world";
import { maskedAt } from "./secrets";

/** What is noted of a resource besides what the model knows of it. */
export interface Note {
  /** When it was made, in ISO 8601. */
  readonly createdAt: string;
  /** Paths of the properties whose texts are masked on disk. */
  readonly secrets: readonly string[];
}

const newAccount = "123456789012";
const homeRegion = "us-east-1";

/** An account as it was when its file was read. Needs no lock: files are only ever replaced as a whole. */
export class AccountView {
  protected readonly notes: Map<string, Note>;

  protected constructor(
    readonly file: string,
    readonly world: World,
    /** What the account has besides resources; what is changed in it is written with the next write. */
    readonly state: AccountState,
    notes: Iterable<readonly [seed: string, note: Note]>,
    private readonly now: () => number = Date.now,
  ) {
    this.notes = new Map(notes);
  }

  /**
   * Reads an account; a file that is not there yet is an account with nothing in it.
   *
   * @throws {AccountError} for a file that is no account.
   */
  static read(file: string): AccountView {
    return new AccountView(file, ...contentOf(file));
  }

  /** What is noted of a resource; of one not seen before, that it was made now. */
  noteOf({ seed }: Made): Note {
    const note = this.notes.get(seed) ?? { createdAt: new Date(this.now()).toISOString(), secrets: [] };
    this.notes.set(seed, note);
    return note;
  }

  /** A resource as the file has it, secrets masked. */
  saved(made: Made): SavedResource {
    const { urn, seed, type, name, region, defaultTags, id } = made;
    const { createdAt, secrets } = this.noteOf(made);
    const { salt } = this.state;
    const inputs = maskedAt(made.inputs, secrets, salt);
    const outputs = maskedAt(made.outputs, secrets, salt);
    const noted = secrets.length > 0 ? { createdAt, secrets } : { createdAt };
    const place = defaultTags === undefined ? { region } : { region, defaultTags };
    return { urn, seed, type, name, ...place, id, inputs, outputs, ...noted };
  }
}

/** What a file holds. */
export function contentOf(file: string): [World, AccountState, [string, Note][]] {
  const { format: _format, resources, ...state } = savedIn(file);
  const world = new World({ preview: false, region: homeRegion, accountId: state.accountId });
  const notes = resources.map(({ createdAt, secrets = [], ...saved }): [string, Note] => {
    world.restore(saved);
    return [saved.seed, { createdAt, secrets }];
  });
  return [world, state, notes];
}

function savedIn(file: string) {
  const content = textOf(file);
  if (content === undefined) {
    const salt = randomBytes(16).toString("hex");
    return {
      format: 1,
      accountId: newAccount,
      made: 0,
      salt,
      resources: [],
      faults: [],
      quotas: {},
    } as const satisfies AccountState & { format: 1; resources: readonly SavedResource[] };
  }
  try {
    return savedWorldFrom(content);
  } catch (error) {
    if (!(error instanceof NoWorld)) throw error;
    throw new AccountError(
      `${file} cannot be read as the sandbox's AWS account: ${error.message}. Put back a copy of it, or start with an ` +
        "empty account: world reset --force",
    );
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new AccountError(`cannot read ${file}: ${message}`);
  }
}
