import type { Faults, Path } from "../faults";

/** Notes every member that is set although the mode it belongs to is not chosen: it would be without effect. */
export function checkForeign(
  members: { readonly [name: string]: unknown },
  mode: { readonly path: Path; readonly is: string; readonly takes: string },
  at: Path,
  faults: Faults,
): void {
  const shown = faults.show(mode.path, mode.is);
  for (const [name, value] of Object.entries(members)) {
    const path: Path = [...at, name];
    faults.check({
      about: [mode.path, path],
      holds: value === undefined || mode.is === mode.takes,
      path,
      found: value,
      must: `must be left out for ${mode.path.at(-1)} ${shown}`,
    });
  }
}
