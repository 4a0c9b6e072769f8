/** What the user has to know when her command cannot be run: one message, without a stack. */
export class Failure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Failure";
  }
}
