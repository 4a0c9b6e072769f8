/** What the user has to know and can put right: its message is all there is to say, in words that need no stack. */
export class AccountError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** What was asked for cannot be understood: an unknown option, a name nothing has, a value that cannot be. */
export class Mistake extends AccountError {}
