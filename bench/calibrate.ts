import { middle, repeat, run } from "./measure";

/** How long Node.js takes to start and do nothing: on a busy machine every other figure is that much too large, too. */
export async function nothing(times: number): Promise<{ readonly median: number; readonly least: number }> {
  return middle((await repeat(times, () => run(["-e", "0"]))).map(({ seconds }) => seconds));
}
